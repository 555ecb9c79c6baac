import { execFile, spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { CLAIMS, LETTERS } from '../large-tables.ts';
import { startPostgres } from '../postgres-server.ts';
import type { Row } from '../row.ts';
import { openStore, type StoreSpec } from '../service.ts';
import { startScript } from '../service-process.ts';
import { postgresFor, stage } from '../stage.ts';
import { pause, until, untilSettled } from '../until.ts';

const APPENDERS = 8;
const APPENDS = 500;
const appender = fileURLToPath(new URL('../appender.ts', import.meta.url));

function appendsOn(kind: 'sqlite' | 'postgres'): Row {
  return {
    name: `appends-${kind}`,
    fault: `${APPENDERS} processes append at one version of a stream, ${APPENDS} times (${kind})`,
    broken: 'an append does not ask for the version',
    async run(context) {
      const spec: StoreSpec =
        kind === 'sqlite' ? { kind, file: join(context.folder, 'store.db') } : await postgresFor(context);
      const store = await openStore(spec);
      context.defer(() => store.close());
      await store.transaction(async () => undefined);
      const args = [JSON.stringify(spec), ...(context.broken ? ['any'] : [])];
      const appenders = Array.from({ length: APPENDERS }, () => startScript(appender, args));
      context.defer(async () => {
        await Promise.all(appenders.map((it) => it.kill()));
      });
      await Promise.all(appenders.map((it) => it.ready()));
      const sum = (word: string): number => appenders.reduce((all, it) => all + it.count(word), 0);
      const answers = (): number => sum('won') + sum('conflict');
      let several = 0;
      for (let version = 0; version < APPENDS; version += 1) {
        const before = sum('won');
        for (const it of appenders) it.tell(String(version));
        await until('all have appended', () => answers() === APPENDERS * (version + 1), { every: 1 });
        if (sum('won') !== before + 1) several += 1;
      }
      const events = (await store.read((tx) => tx.events.load('race'))).length;
      const problems = [
        ...(several === 0 ? [] : [`${several} of ${APPENDS} versions did not have one winner`]),
        ...(events === APPENDS ? [] : [`${events} events are there, for ${APPENDS} versions`]),
      ];
      return {
        sent: answers(),
        effects: events,
        notes: [`won ${sum('won')}`, `lost the race ${sum('conflict')}`],
        problems,
      };
    },
  };
}

export const appends: readonly Row[] = [appendsOn('sqlite'), appendsOn('postgres')];

const KILLS = 3;

export const killedPostgres: Row = {
  name: 'postgres-killed',
  fault: `PostgreSQL is killed ${KILLS} times`,
  broken: 'synchronous_commit is off',
  async run(context) {
    // Without it, what was committed is on disk only after a moment: a long one here.
    const settings = context.broken ? ['synchronous_commit=off', 'wal_writer_delay=10s'] : [];
    const server = await startPostgres({ settings });
    context.defer(() => server.stop());
    const { start, done, own, ledger } = await stage(context, {
      store: { kind: 'postgres', url: server.url, schema: 'faults' },
    });
    const count = context.load(4_000);
    await own.transaction(async () => undefined);
    await start({ consumer: { name: 'ledger' } });
    await start({ relay: { poll: 200 } });
    const writer = await start({ write: { from: 0, count, entities: 20, perSecond: 250 } });
    let recovery = 0;
    for (let n = 0; n < KILLS; n += 1) {
      await pause(1_500);
      await server.kill();
      await pause(500);
      await server.start();
      const began = performance.now();
      const before = writer.count('written');
      await until(
        'commits go on',
        () => writer.count('written') > before || writer.count('all-written') > 0,
        { within: 60_000 },
      );
      recovery = Math.max(recovery, performance.now() - began);
    }
    await writer.written(count);
    await untilSettled(done, count);
    const result = await ledger({ recovery });
    const lost = writer.count('written') - (result.sent ?? 0);
    return {
      ...result,
      problems:
        lost > 0
          ? [...result.problems, `${lost} commits that were acknowledged are not there`]
          : result.problems,
    };
  },
};

export const fullDisk: Row = {
  name: 'disk-full',
  fault: 'the disk under a SQLite store is full, and then has room again',
  broken: 'messages are acknowledged before they are handled',
  async run(context) {
    const disk = join(context.folder, 'disk');
    mkdirSync(disk);
    await mount('-t', 'tmpfs', '-o', 'size=3m', 'tmpfs', disk);
    context.defer(() => void spawnSync('umount', ['-l', disk]));
    const { start, own, done, ledger } = await stage(context, {
      store: { kind: 'sqlite', file: join(disk, 'store.db') },
    });
    await own.transaction(async () => undefined);
    await start({
      consumer: { name: 'ledger' },
      relay: { poll: 200 },
      ...(context.broken && { broken: 'acknowledged early' }),
    });
    // Enough to fill the disk, whatever the scale.
    const count = 6_000;
    const writer = await start({
      write: { from: 0, count, entities: 20, perTransaction: 10, padding: 2_000 },
    });
    await until('the disk is full', () => writer.count('write-fault') > 3, { within: 120_000 });
    await pause(2_000);
    await mount('-o', 'remount,size=300m', disk);
    await writer.written(count);
    await untilSettled(done, count);
    return ledger({ notes: [`commits refused ${writer.count('write-fault')}`] });
  },
};

const execute = promisify(execFile);

async function mount(...args: readonly string[]): Promise<void> {
  await execute('mount', args).catch((error) => {
    throw new Error(`a small disk needs the right to mount: ${error.message}`);
  });
}

/** Milliseconds for which no other work may pause; on a busy machine as long as the machine itself makes it. */
const LONGEST_PAUSE = 250;

export const largeTables: Row = {
  name: 'large-tables',
  fault: `an inbox of ${CLAIMS} rows is pruned and ${LETTERS} dead letters are listed beside other work (SQLite)`,
  broken: 'the inbox is pruned in one step, and the dead letters are listed on one page',
  async run({ folder, broken, defer }) {
    const script = (name: string, ...args: readonly string[]) => {
      const process = startScript(fileURLToPath(new URL(`../${name}.ts`, import.meta.url)), args);
      defer(() => process.kill());
      return process;
    };
    // In a process of its own: what other rows do in this one is no pause of the runtime's.
    const measured = script('large-tables', folder, ...(broken ? ['broken'] : []));
    await measured.ready();
    // The machine's own pauses, in the same time.
    const control = script('other-work', join(folder, 'control.db'));
    await control.ready();
    measured.tell('go');
    await until('the inbox is pruned and the dead letters are listed', () => !measured.isRunning, {
      within: 480_000,
    });
    control.end();
    await until('the control has ended', () => !control.isRunning);
    const [listed, longest, longestWork, commits, usual] = [
      measured.count('listed'),
      measured.count('longest'),
      measured.count('longest-work'),
      measured.count('commits'),
      control.count('longest'),
    ];
    // A commit that waits for a step before it pauses for both.
    const allowed = Math.max(LONGEST_PAUSE, 4 * usual);
    const problems = [
      ...(commits > 0 ? [] : ['no other work was done']),
      ...(longestWork <= LONGEST_PAUSE
        ? []
        : [`other work waited for ${longestWork} ms of work, and ${LONGEST_PAUSE} is the most`]),
      ...(longest <= allowed
        ? []
        : [`other work paused for ${longest} ms, and ${allowed} is the most just now`]),
      ...(listed === LETTERS ? [] : [`listed ${listed} of ${LETTERS}`, ...measured.faults.slice(-3)]),
    ];
    return {
      notes: [
        `pruned ${measured.count('pruned')}`,
        `listed ${listed}`,
        `commits beside ${commits}`,
        `longest pause ${longest} ms, of that work ${longestWork} ms at the most (a process beside it: ${usual} ms)`,
      ],
      problems,
    };
  },
};
