import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createConsumer, deadLetters, receive } from '../../index.ts';
import { memoryBroker } from '../../memory/index.ts';
import { type SqliteStore, sqliteStore } from '../../sqlite/index.ts';
import { withTransactions } from '../breakages.ts';
import { numbered } from '../numbered.ts';
import { otherWork } from '../other-work.ts';
import { startPostgres } from '../postgres-server.ts';
import type { Row, RowContext } from '../row.ts';
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
      const store = openStore(spec);
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
    mount('-t', 'tmpfs', '-o', 'size=3m', 'tmpfs', disk);
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
    mount('-o', 'remount,size=300m', disk);
    await writer.written(count);
    await untilSettled(done, count);
    return ledger({ notes: [`commits refused ${writer.count('write-fault')}`] });
  },
};

function mount(...args: readonly string[]): void {
  const { status, stderr } = spawnSync('mount', args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`a small disk needs the right to mount: ${stderr}`);
}

/** Milliseconds for which no other work may pause; on a busy machine as long as the machine itself makes it. */
const LONGEST_PAUSE = 250;
const CLAIMS = 1_000_000;
const LETTERS = 100_000;

export const largeTables: Row = {
  name: 'large-tables',
  fault: `an inbox of ${CLAIMS} rows is pruned and ${LETTERS} dead letters are listed beside other work (SQLite)`,
  broken: 'the inbox is pruned in one step, and the dead letters are listed on one page',
  async run(context) {
    const { store: whole, close } = await filled(context);
    context.defer(close);
    const store = context.broken
      ? withTransactions(whole, (tx) => ({
          inbox: {
            ...tx.inbox,
            prune: (consumer, { keep }) => tx.inbox.prune(consumer, { keep, limit: CLAIMS }),
          },
        }))
      : whole;
    const letters = deadLetters(store);
    // The machine's own pauses, in the same time.
    const control = startScript(fileURLToPath(new URL('../other-work.ts', import.meta.url)), [
      join(context.folder, 'control.db'),
    ]);
    context.defer(() => control.kill());
    await control.ready();
    const end = otherWork(whole);
    // A consumer prunes when it starts.
    const consumer = createConsumer('ledger', memoryBroker(), { store }, [
      receive(numbered(), () => undefined),
    ]);
    await consumer.start();
    let listed = 0;
    const page = context.broken ? LETTERS : 100;
    for (let after: string | undefined; ; ) {
      const found = await letters.list({ limit: page, ...(after && { after }) });
      listed += found.length;
      after = found.at(-1)?.id;
      if (found.length < page) break;
    }
    const claims = () =>
      whole.read(async (tx) => Number(tx.client.prepare('SELECT count(*) AS n FROM inbox').get()?.n));
    await until('the inbox is pruned', async () => (await claims()) === 0, { within: 240_000, every: 500 });
    await consumer.stop();
    const { longest, longestWork, commits } = await end();
    control.end();
    await until('the control has ended', () => !control.isRunning);
    const usual = control.count('longest');
    // A commit that waits for a step before it pauses for both.
    const allowed = Math.max(LONGEST_PAUSE, 4 * usual);
    const problems = [
      ...(longestWork <= LONGEST_PAUSE
        ? []
        : [`other work waited for ${longestWork.toFixed(0)} ms of work, and ${LONGEST_PAUSE} is the most`]),
      ...(longest <= allowed
        ? []
        : [`other work paused for ${longest.toFixed(0)} ms, and ${allowed} is the most just now`]),
      ...(listed === LETTERS ? [] : [`listed ${listed} of ${LETTERS}`]),
    ];
    return {
      notes: [
        `pruned ${CLAIMS}`,
        `listed ${listed}`,
        `commits beside ${commits}`,
        `longest pause ${longest.toFixed(0)} ms, of that work ${longestWork.toFixed(0)} ms at the most (a process beside it: ${usual} ms)`,
      ],
      problems,
    };
  },
};

async function filled({
  folder,
}: RowContext): Promise<{ readonly store: SqliteStore; close(): Promise<void> }> {
  const store = sqliteStore({ file: join(folder, 'store.db') });
  await store.transaction(async (tx) => {
    tx.client.exec(`
      WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${CLAIMS})
      INSERT INTO inbox (consumer, identity, at) SELECT 'ledger', 'faults.happened ["' || hex(randomblob(12)) || i || '"]', 0 FROM n;
      WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${LETTERS})
      INSERT INTO parked (consumer, ordering_key, dedup, state, dead_at, reason, attempts, parked_at, id, channel, headers, content_type, body)
      SELECT 'ledger', 'e' || i, 'd' || i, 'dead', 1, 'invalid', 1, 1, 'm' || i, 'faults.happened', '{}', 'application/json', randomblob(300) FROM n;`);
  });
  return { store, close: () => store.close() };
}
