import { slowLink } from '../link.ts';
import type { Row } from '../row.ts';
import { stage } from '../stage.ts';
import { pause, until, untilReached, untilSettled } from '../until.ts';

export const openTransactions: Row = {
  name: 'open-transactions',
  fault: '8 writers hold their transactions open, each for another time (PostgreSQL)',
  broken: 'the relay reads on from the highest row id that it has seen',
  async run(context) {
    const count = context.load(3_200);
    const { start, own, done, ledger } = await stage(context);
    await start({ consumer: { name: 'ledger' } });
    await start({ relay: { poll: 200 }, ...(context.broken && { broken: 'read by id' }) });
    const writer = await start({ write: { from: 0, count, entities: 64, concurrency: 8, holdUpTo: 40 } });
    let oldest = 0;
    const look = async (): Promise<number> => {
      const { oldestAge = 0 } = await own.read((tx) => tx.outbox.depth());
      oldest = Math.max(oldest, oldestAge);
      return writer.count('written');
    };
    await untilReached('all is written', look, count);
    await untilSettled(done, count);
    return ledger({
      notes: [`a row waited ${oldest} ms at the most (with writers that hold theirs up to 40 ms)`],
    });
  },
};

export const twoRelays: Row = {
  name: 'two-relays',
  fault: 'two relays compete, hot keys, 16 ms to the broker and back; nothing fails',
  broken: 'any relay that asks for the lease has it',
  async run(context) {
    const count = context.load(20_000);
    const server = await context.servers.broker('nats');
    const link = await slowLink(server.url, 8);
    context.defer(() => link.close());
    const { start, done, sum, broker, ledger } = await stage(context);
    await start({ consumer: { name: 'ledger', together: true } });
    const relayed = {
      broker: { ...broker, url: link.url },
      ...(context.broken && { broken: 'no lease' as const }),
    };
    const relays = [await start({ relay: {}, ...relayed }), await start({ relay: {}, ...relayed })];
    // Ten keys, ten messages each in a row: twenty of each key in a batch of the relay.
    await start({ write: { from: 0, count, entities: 10, perTransaction: 10, concurrency: 2 } });
    await untilSettled(done, count);
    const sent = sum('relayed');
    const problems =
      sent === count ? [] : [`${sent} messages were relayed for ${count}: a batch was sent twice`];
    return ledger({ problems, notes: [`relayed ${relays.map((it) => it.count('relayed')).join(' + ')}`] });
  },
};

const STOPS = 5;
/** As by default: a shorter one lapses by itself on a machine that does much else. */
const LEASE = 2_000;
const BATCH = 50;

export const staleHolder: Row = {
  name: 'stale-holder',
  fault: `the relay at work is stopped (SIGSTOP) past its lease and goes on (SIGCONT), ${STOPS} times`,
  broken: 'any relay that asks for the lease has it, and removes rows without it',
  async run(context) {
    // Fewer than that are over before the last stop.
    const count = Math.max(2_000, context.load(4_000));
    const { start, done, sum, ledger } = await stage(context);
    await start({ consumer: { name: 'ledger' } });
    const spec = {
      relay: { lease: LEASE, poll: 100, batch: BATCH },
      ...(context.broken && { broken: 'no lease' as const }),
    };
    const relays = [await start(spec), await start(spec)];
    const writer = await start({ write: { from: 0, count, entities: 4, perSecond: 80, perTransaction: 5 } });
    let recovery = 0;
    for (let n = 0; n < STOPS; n += 1) {
      await pause(700);
      const before = relays.map((it) => it.count('relayed'));
      await until(
        'a relay is at work',
        () =>
          relays.some((it, index) => it.count('relayed') > (before[index] ?? 0)) ||
          writer.count('all-written') > 0,
        {
          every: 2,
        },
      );
      const leader = relays.find((it, index) => it.count('relayed') > (before[index] ?? 0)) ?? relays[0];
      const other = relays.find((it) => it !== leader);
      const began = performance.now();
      const carried = other?.count('relayed') ?? 0;
      leader?.pause();
      await until(
        'the other relay takes over',
        () => (other?.count('relayed') ?? 0) > carried || writer.count('all-written') > 0,
      );
      recovery = Math.max(recovery, performance.now() - began);
      await pause(2 * LEASE);
      leader?.resume();
    }
    await writer.written(count);
    await untilSettled(done, count);
    // What it had in flight may come twice: two batches for each time that it was stopped. A takeover takes nothing else with it.
    const twice = sum('relayed') - count;
    const inFlight = 2 * STOPS * BATCH;
    const problems =
      twice <= inFlight
        ? []
        : [`${twice} messages were relayed twice, and at most ${inFlight} were in flight`];
    return ledger({ recovery, problems, notes: [`relayed twice ${twice}`] });
  },
};
