import type { Service } from '@chirograph/contract/model';
import { type Counts, fullName, type Happening, type Mocks } from '@chirograph/mock';
import type { Io } from '../terminal/io.ts';
import { type Style, styleFor } from '../terminal/style.ts';
import { count, table } from '../terminal/words.ts';
import { happeningLine } from './happening-line.ts';

/** What `chirograph mock` prints: a log for people, or a JSON document a line for programs. */
export interface MockReporter {
  started(mocks: Mocks, run: MockRun): void;
  happening(happening: Happening): void;
  /** Something about the broker that mends itself. */
  fault(error: unknown): void;
  stopped(counts: Counts): void;
}

export interface MockRun {
  /** Of the HTTP API. */
  readonly url: string;
  readonly seed: number;
  readonly broker: string;
}

export interface MockReporterOptions {
  readonly json: boolean;
  /** Only violations and troubles, the address at the start and the sum at the end. */
  readonly quiet: boolean;
  readonly services: readonly Service[];
}

export function mockReporter(io: Io, { json, quiet, services }: MockReporterOptions): MockReporter {
  const shown = (it: Happening) =>
    !quiet || it.kind === 'trouble' || (it.kind === 'received' && it.verdict !== 'valid');
  return json ? jsonReporter(io, shown) : textReporter(io, shown, services);
}

function jsonReporter(io: Io, shown: (happening: Happening) => boolean): MockReporter {
  const print = (document: object) => io.out(`${JSON.stringify(document)}\n`);
  const dated = ({ at, ...rest }: Happening) => ({ ...rest, at: new Date(at).toISOString() });
  return {
    started: ({ services }, run) =>
      print({ kind: 'started', ...run, services: services.map(({ role }) => fullName(role.service)) }),
    happening: (happening) => shown(happening) && print(dated(happening)),
    fault: (error) => print({ kind: 'trouble', problem: reasonOf(error), at: new Date().toISOString() }),
    stopped: (counts) => print({ kind: 'stopped', ...counts }),
  };
}

function textReporter(
  io: Io,
  shown: (happening: Happening) => boolean,
  services: readonly Service[],
): MockReporter {
  const style = styleFor(io.color);
  const alone = services.length === 1;
  const layout = {
    style,
    serviceWidth: alone ? 0 : Math.max(...services.map((it) => fullName(it).length)),
  };
  let nameWidth = 0;
  return {
    started(mocks, { url, seed, broker }) {
      io.out(
        `${table(
          mocks.services.map((it) => introduction(mocks, it)),
          '   ',
        )}\n`,
      );
      io.out(`${style.bold(url)}   broker ${broker}   seed ${seed}\n`);
    },
    happening(happening) {
      if (!shown(happening)) return;
      const name = happening.kind === 'trouble' ? undefined : (happening.name ?? happening.channel);
      nameWidth = Math.max(nameWidth, name?.length ?? 0);
      io.out(happeningLine(happening, { ...layout, nameWidth }));
    },
    fault: (error) => io.err(`${style.red('!!')} ${reasonOf(error)}\n`),
    stopped: (counts) => io.out(summary(counts, style)),
  };
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Of one service all that it hears and sends; of several how much. */
function introduction({ services }: Mocks, { role, intervals, names }: Mocks['services'][number]): string[] {
  const list = (heading: string, ids: readonly string[]) =>
    services.length === 1
      ? `${heading} ${names(ids).join(', ') || 'nothing'}`
      : `${heading} ${names(ids).length || 'nothing'}`;
  const own = [...intervals].map(([id, interval]) => `${names([id])[0]} every ${lasting(interval)}`);
  return [
    `${fullName(role.service)} (mock)`,
    list('receives', role.receives),
    list('sends', role.sends),
    own.length > 0 ? `by itself ${own.join(', ')}` : '',
  ];
}

/** `500 ms`, `2 s`, `8.6 s`, `3 min`. */
function lasting(milliseconds: number): string {
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  if (milliseconds < 120_000) return `${Number((milliseconds / 1000).toFixed(1))} s`;
  return `${Math.round(milliseconds / 60_000)} min`;
}

function summary({ received, sent, violating, trouble }: Counts, style: Style): string {
  const faults = [
    violating > 0
      ? style.red(`${count(violating, 'message')} against the contract`)
      : style.green('all valid'),
    ...(trouble > 0 ? [style.red(count(trouble, 'trouble'))] : []),
  ];
  return `received ${received}, sent ${sent}, ${faults.join(', ')}\n`;
}
