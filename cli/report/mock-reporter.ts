import type { Service } from '@chirograph/contract/model';
import {
  type Counts,
  documentOf,
  fullName,
  type Happening,
  type MockService,
  type Mocks,
} from '@chirograph/mock';
import type { Io } from '../terminal/io.ts';
import { type Style, styleFor } from '../terminal/style.ts';
import { count, table } from '../terminal/words.ts';
import { happeningLine } from './happening-line.ts';

/** What `chirograph mock` prints: a log for people, or a JSON document a line for programs. */
export interface MockReporter {
  /** Says who will run, before anything happens. */
  introduce(mocks: Mocks): void;
  /** All services hear. */
  started(run: MockRun): void;
  happening(happening: Happening): void;
  /** Something about the broker that fixes itself. */
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
  return json ? jsonReporter(io, shown, services) : textReporter(io, shown, services);
}

function jsonReporter(
  io: Io,
  shown: (happening: Happening) => boolean,
  services: readonly Service[],
): MockReporter {
  const print = (document: object) => io.out(`${JSON.stringify(document)}\n`);
  return {
    introduce: () => {},
    started: (run) => print({ kind: 'started', ...run, services: services.map(fullName) }),
    happening: (happening) => shown(happening) && print(documentOf(happening)),
    fault: (error) => print({ kind: 'trouble', problem: reasonOf(error), at: new Date().toISOString() }),
    stopped: (counts) => print({ kind: 'stopped', ...counts }),
  };
}

/** Longer names push the rest of their line to the right. */
const WIDEST = 36;

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
    introduce(mocks) {
      const names = mocks.services.flatMap(({ role, names: named }) =>
        named([...role.receives, ...role.overhears, ...role.sends]),
      );
      nameWidth = Math.min(WIDEST, Math.max(0, ...names.map((it) => it.length)));
      io.out(alone ? wholeIntroduction(mocks, style) : introductions(mocks));
    },
    started({ url, seed, broker }) {
      io.out(`${style.bold(url)}   broker ${broker}   seed ${seed}\n`);
    },
    happening(happening) {
      if (shown(happening)) io.out(happeningLine(happening, { ...layout, nameWidth }));
    },
    fault: (error) => io.err(`${style.red('!!')} ${reasonOf(error)}\n`),
    stopped: (counts) => io.out(summary(counts, style)),
  };
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Of one service all that it hears and sends. */
function wholeIntroduction({ services }: Mocks, style: Style): string {
  return services
    .map((service) => {
      const { role, names } = service;
      const rows = [
        ['  receives', names(role.receives).join(', ') || 'nothing'],
        ['  overhears', names(role.overhears).join(', ')],
        ['  sends', names(role.sends).join(', ') || 'nothing'],
        ['  by itself', byItself(service)],
      ].filter(([, text]) => text !== '');
      return `${style.bold(fullName(role.service))} (mock)\n${table(rows)}\n`;
    })
    .join('');
}

/** Of several how much. */
function introductions({ services }: Mocks): string {
  const rows = services.map((service) => {
    const { role, names } = service;
    const own = byItself(service);
    return [
      `${fullName(role.service)} (mock)`,
      `receives ${names(role.receives).length}`,
      `sends ${names(role.sends).length}`,
      own === '' ? '' : `by itself ${own}`,
    ];
  });
  return `${table(rows, '   ').replaceAll(/ +$/gm, '')}\n`;
}

function byItself({ intervals, names }: MockService): string {
  return [...intervals].map(([id, interval]) => `${names([id])[0]} every ${lasting(interval)}`).join(', ');
}

/** `500 ms`, `2 s`, `8.6 s`, `3 min`. */
function lasting(milliseconds: number): string {
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  if (milliseconds < 120_000) return `${Number((milliseconds / 1000).toFixed(1))} s`;
  return `${Math.round(milliseconds / 60_000)} min`;
}

function summary({ received, sent, violating, trouble }: Counts, style: Style): string {
  const verdict =
    violating > 0
      ? style.red(`${violating} against the contract`)
      : received > 0
        ? style.green('all valid')
        : '';
  const parts = [
    [`received ${received}`, verdict].filter(Boolean).join(', '),
    `sent ${sent}`,
    ...(trouble > 0 ? [style.red(count(trouble, 'trouble'))] : []),
  ];
  return `${parts.join('; ')}\n`;
}
