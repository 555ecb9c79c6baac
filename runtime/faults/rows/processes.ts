import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createProducer, outbox } from '../../index.ts';
import { sqliteStore } from '../../sqlite/index.ts';
import { numbered, readBook, sizeOfBook } from '../numbered.ts';
import type { Row } from '../row.ts';
import { startScript } from '../service-process.ts';
import { stage } from '../stage.ts';
import { pause, until, untilSettled } from '../until.ts';

/** An exit within 10 s is what is promised. */
const EXIT = 10_000;
const MEMBERS = 5;
/** Milliseconds of a handler: longer than that. */
const SLOW = 12_000;
/** More than can be written meanwhile. */
const ENDLESS = 1_000_000;

export const sigterm: Row = {
  name: 'sigterm',
  fault: `SIGTERM to ${MEMBERS} consumers in turn at 500 messages a second, each when it has just begun with a handler of ${SLOW / 1_000} s`,
  broken: 'a consumer that is stopped waits for its handlers, however long',
  async run(context) {
    // On Redis each of them has a part of the keys.
    const { start, own, done, ledger, sum } = await stage(context, { kind: 'redis' });
    const spec = { consumer: { name: 'ledger' }, ...(context.broken && { patient: true }) };
    const members = await Promise.all(Array.from({ length: MEMBERS }, () => start(spec)));
    await start({ relay: { poll: 200 } });
    const writer = await start({
      write: { from: 1, count: ENDLESS, entities: 50, perSecond: 500, perTransaction: 5, concurrency: 8 },
    });
    const problems: string[] = [];
    let slowest = 0;
    for (const member of members) {
      await pause(1_500);
      member.tell(String(SLOW));
      const what = (): string =>
        `a consumer has begun with a slow message; of ${sum('relayed')} it was handed ${member.count('delivered')}, and handled ${member.count('handled')} (${member.faults.slice(-3).join('; ')})`;
      await until(what, () => member.count('slow') > 0, { every: 10 });
      const { code, took } = await member.terminate();
      slowest = Math.max(slowest, took);
      if (code !== 0) problems.push(`a consumer ended with ${code}`);
      await start(spec);
    }
    if (slowest > EXIT)
      problems.push(`a consumer took ${slowest.toFixed(0)} ms to exit, and ${EXIT} is the most`);
    await writer.terminate();
    const sent = sizeOfBook(await readBook(own, 'sent'));
    await untilSettled(done, sent);
    return ledger({
      problems,
      notes: [`slowest exit ${(slowest / 1_000).toFixed(1)} s`, `dropped ${sum('duplicate')}`],
    });
  },
};

const HOUR = 3_600_000;

export const clocks: Row = {
  name: 'clocks',
  fault:
    'the clock of one relay is an hour ahead and it is killed, of another an hour behind; of a consumer eight days ahead',
  broken: "the inbox is pruned by the consumer's own clock",
  async run(context) {
    const { start, done, sum, ledger } = await stage(context);
    const before = await start({ consumer: { name: 'ledger' } });
    const ahead = await start({ relay: {}, skew: HOUR });
    await start({ write: { from: 0, count: 500, entities: 10 } });
    await until('messages flow', async () => (await done()) > 100);
    const killed = performance.now();
    await ahead.kill();
    await start({ relay: {}, skew: -HOUR });
    const carried = await done();
    await until('messages flow again', async () => carried >= 500 || (await done()) > carried);
    const recovery = performance.now() - killed;
    await untilSettled(done, 500);
    await before.terminate();
    // What comes a second time is known, whatever the new member thinks of the date.
    await start({
      consumer: { name: 'ledger' },
      skew: 8 * 24 * HOUR,
      ...(context.broken && { broken: 'pruned by own clock' }),
    });
    await start({ write: { from: 500, count: 500, entities: 10 } });
    await untilSettled(done, 1_000);
    await start({ resend: { count: 500, entities: 10 } });
    await until('all came again', () => sum('duplicate') + sum('handled') >= 1_500);
    await untilSettled(done, 1_000);
    return ledger({ recovery, notes: [`dropped ${sum('duplicate')}`] });
  },
};

/** More steps than the process has. */
const MOST_POINTS = 100;
/** Its start and its deadline, what reserves and what releases, and the relay in between: seven commits at the least. */
const FEWEST_POINTS = 14;
const steps = fileURLToPath(new URL('../order-process.ts', import.meta.url));

export const processManagers: Row = {
  name: 'process-manager',
  fault: 'a process manager is killed before and after the commit of each of its steps, and started again',
  broken: 'the inbox says of every message that it is new',
  async run(context) {
    const wrong: string[] = [];
    let killed = 0;
    let effects = 0;
    let next = 0;
    let isOver = false;
    const start = (file: string, point: number) =>
      startScript(steps, [file, String(point), ...(context.broken ? ['broken'] : [])]);
    /** Until a process has come to its end before it was at its point. */
    async function points(): Promise<void> {
      while (!isOver && next < MOST_POINTS) {
        const point = next++;
        const file = join(context.folder, `${point}.db`);
        const store = sqliteStore({ file });
        await createProducer('faults', outbox(store))(numbered('faults.started'), {
          id: 'o-1',
          entity: 'o-1',
          number: 1,
        });
        const first = start(file, point);
        await until('the first process ends', () => !first.isRunning, { within: 120_000 });
        if (first.count('finished') > 0) isOver = true;
        else {
          killed += 1;
          const second = start(file, -1);
          await until('the second process ends', () => !second.isRunning, { within: 120_000 });
        }
        const done = await store.read((tx) => tx.events.load('done'));
        await store.close();
        effects += done.length;
        const got = done.map(({ event }) => event.type).join();
        if (got !== 'reserve,charge,release,refund') wrong.push(`at point ${point}: ${got}`);
      }
    }
    await Promise.all([points(), points()]);
    const problems = [
      ...wrong,
      ...(isOver ? [] : [`killed at ${killed} points, and the process was not over`]),
      ...(killed >= FEWEST_POINTS ? [] : [`only ${killed} points, and ${FEWEST_POINTS} are the fewest`]),
    ];
    return { sent: next * 4, effects, notes: [`killed ${killed}`], problems };
  },
};
