import { cuttableLink } from '../../conformance/cuttable-link.ts';
import { createConsumer, createProducer, deadLetters, OUTBOX, outbox, receive } from '../../index.ts';
import { memoryBroker } from '../../memory/index.ts';
import { sqliteStore } from '../../sqlite/index.ts';
import { manualClock } from '../../testing/index.ts';
import { withTransactions } from '../breakages.ts';
import { connectTo } from '../brokers.ts';
import { type Book, compare, type Numbered, note, numbered, readBook } from '../numbered.ts';
import type { Row } from '../row.ts';
import { VERSIONS } from '../service.ts';
import { stage } from '../stage.ts';
import { pause, until, untilSettled } from '../until.ts';

const message = (entity: string, number: number): Numbered => ({ id: `${entity}-${number}`, entity, number });

export const threeTimes: Row = {
  name: 'three-times',
  fault: 'each message comes three times, shuffled, to two members of a group',
  broken: 'the inbox says of every message that it is new',
  async run(context) {
    const count = context.load(2_000);
    const { start, done, ledger, sum, broker: to } = await stage(context);
    const spec = { consumer: { name: 'ledger' }, ...(context.broken && { broken: 'no inbox' as const }) };
    await Promise.all([start(spec), start(spec)]);
    const broker = await connectTo(to.kind, to, () => undefined);
    context.defer(() => broker.close());
    // An entity each: shuffled messages have no order to keep.
    const order = Array.from({ length: 3 * count }, (_, n) => n % count);
    for (let n = order.length - 1; n > 0; n -= 1) {
      const other = Math.floor(context.random() * (n + 1));
      [order[n], order[other]] = [order[other] ?? 0, order[n] ?? 0];
    }
    const send = createProducer('faults', broker);
    for (let from = 0; from < order.length; from += 200)
      await Promise.all(order.slice(from, from + 200).map((n) => send(numbered(), message(`e${n}`, 1))));
    await until('all three of each are delivered', () => sum('handled') + sum('duplicate') >= 3 * count, {
      within: 120_000,
    });
    await untilSettled(done, count);
    const sent: Book = new Map(Array.from({ length: count }, (_, n) => [`e${n}`, [1]]));
    return ledger({ notes: [`dropped ${sum('duplicate')}`] }, sent);
  },
};

const LADDER = [1_000, 5_000, 30_000, 300_000, 3_600_000];

export const poison: Row = {
  name: 'poison',
  fault: 'one message in a hundred cannot be handled (clock of the test)',
  broken: 'no key waits behind what is parked',
  async run(context) {
    // Fewer than that are one or two for each entity: nothing would wait.
    const count = Math.max(2_500, context.load(5_000));
    const clock = manualClock();
    const whole = sqliteStore({ file: ':memory:', now: clock.now });
    context.defer(() => whole.close());
    const store = context.broken
      ? withTransactions(whole, (tx) => ({ parked: { ...tx.parked, lockQueues: async () => new Map() } }))
      : whole;
    const broker = memoryBroker({ clock, acknowledge: 'received' });
    const tries = new Map<string, number[]>();
    let healed = false;
    let delivered = 0;
    const consumer = createConsumer(
      'ledger',
      broker,
      {
        store,
        clock,
        retry: { delays: LADDER },
        observe({ kind }) {
          if (kind === 'delivered') delivered += 1;
        },
      },
      [
        receive(numbered(), async (one, { tx }) => {
          if (!healed && one.number % 100 === 50) {
            tries.set(one.id, [...(tries.get(one.id) ?? []), clock.now()]);
            throw new Error('poison');
          }
          await note(tx, 'done-ledger', [one]);
        }),
      ],
    );
    await consumer.start();
    context.defer(() => consumer.stop());
    const send = createProducer('faults', broker);
    const sent = new Map<string, number[]>();
    for (let number = 0; number < count; number += 1) {
      const entity = `e${number % 500}`;
      sent.set(entity, [...(sent.get(entity) ?? []), number]);
      await send(numbered(), message(entity, number));
    }
    await broker.settled();
    const work = async (milliseconds: number): Promise<void> => {
      await clock.advance(milliseconds);
      // What was woken runs on the event loop.
      for (let turns = 0; turns < 20; turns += 1) await pause(1);
    };
    const before = compare(sent, await readBook(whole, 'done-ledger'));
    for (const delay of LADDER) await work(delay);
    const letters = deadLetters(whole, { clock });
    const dead = await letters.list({ limit: 1_000 });
    const waiting = dead.reduce((all, it) => all + it.waiting, 0);
    const problems: string[] = [];
    const gaps = new Set(
      [...tries.values()].map((at) =>
        at
          .slice(1)
          .map((it, index) => it - (at[index] ?? 0))
          .join(),
      ),
    );
    if (gaps.size !== 1 || !gaps.has(LADDER.join()))
      problems.push(`retried after ${[...gaps].join(' and ')} ms, and not after ${LADDER.join()}`);
    // A poisonous entity stands still, with all of its later messages; others flow.
    if (before.effects + dead.length + waiting !== count)
      problems.push(`${before.effects} had an effect, ${dead.length} were dead and ${waiting} waited`);
    healed = true;
    for (const { id } of [...dead, ...dead]) await letters.redrive(id);
    for (
      let rounds = 0;
      rounds < 50 && compare(sent, await readBook(whole, 'done-ledger')).effects < count;
      rounds += 1
    )
      await work(1_000);
    const { problems: wrong, unsent: _, ...counts } = compare(sent, await readBook(whole, 'done-ledger'));
    return {
      ...counts,
      delivered,
      notes: [`dead ${dead.length}`, `waiting behind ${waiting}`, `redriven twice`],
      problems: [...problems, ...wrong],
    };
  },
};

const CUTS = 50;

export const cutCommits: Row = {
  name: 'cut-commits',
  fault: `the link to the database is cut after COMMIT was sent, ${CUTS} times`,
  broken: 'the inbox says of every message that it is new',
  async run(context) {
    const { start, store, done, own, ledger, sum } = await stage(context);
    if (store.kind !== 'postgres') throw new Error('needs PostgreSQL');
    const link = await cuttableLink(store.url);
    context.defer(() => link.close());
    await own.transaction(async () => undefined);
    const count = 5_000;
    await start({
      consumer: { name: 'ledger' },
      store: { ...store, url: link.url },
      ...(context.broken && { broken: 'no inbox' }),
    });
    await start({ relay: { poll: 200 } });
    const writer = await start({
      write: { from: 0, count, entities: 20, perSecond: 250, perTransaction: 5 },
    });
    let cuts = 0;
    while (cuts < CUTS && (await done()) < count) {
      link.cutAfter('COMMIT\0');
      await until('a COMMIT comes', () => !link.isArmed(), { every: 5, within: 30_000 });
      cuts += 1;
      await pause(50);
    }
    await writer.written(count);
    await untilSettled(done, count);
    const dead = (await deadLetters(own).list()).length;
    const problems = [
      ...(dead > 0 ? [`${dead} dead letters, and every message could be handled`] : []),
      ...(cuts < CUTS ? [`only ${cuts} of ${CUTS} cuts: the load was over before`] : []),
    ];
    return ledger({ problems, notes: [`cuts ${cuts}`, `dropped ${sum('duplicate')}`] });
  },
};

export const tooLarge: Row = {
  name: 'too-large',
  fault: 'one message among 500 is larger than the broker takes',
  broken: 'what the broker refuses is sent again for ever',
  async run(context) {
    const { start, own, done, ledger } = await stage(context);
    await start({ consumer: { name: 'ledger' } });
    const send = createProducer('faults', outbox(own));
    await own.transaction(async (tx) => {
      for (let number = 0; number < 500; number += 1) {
        const entity = number === 250 ? 'large' : `e${number % 20}`;
        const one = { ...message(entity, number), ...(number === 250 && { padding: 'x'.repeat(2_000_000) }) };
        if (number !== 250) await note(tx, 'sent', [one]);
        await send(numbered(), one, { tx });
      }
    });
    await start({ relay: {}, ...(context.broken && { broken: 'never refused' }) });
    await untilSettled(done, 499);
    const letters = deadLetters(own);
    const dead = await letters.list();
    const [letter] = dead;
    const problems =
      dead.length === 1 && letter?.consumer === OUTBOX && letter.reason === 'refused-by-broker'
        ? []
        : [`${dead.length} dead letters, and one of the outbox is to be seen`];
    if (letter) await letters.discard(letter.id);
    const left = (await own.read((tx) => tx.outbox.depth())).count + (await letters.list()).length;
    if (left > 0) problems.push(`${left} messages are left after it was discarded`);
    return ledger({ problems, notes: [`refused ${dead.length}, and discarded`] });
  },
};

const ROUNDS = 10;

export const rollout: Row = {
  name: 'rollout',
  fault: `members that know fewer channels and versions, and those that know more, replace each other ${ROUNDS} times`,
  broken: 'a member acknowledges what it does not know',
  async run(context) {
    const count = context.load(2_000);
    const { start, done, ledger, broker: to } = await stage(context);
    const old = {
      consumer: { name: 'ledger', versions: ['1.0'] as const },
      ...(context.broken && { broken: 'unknown acknowledged' as const }),
    };
    const young = { consumer: { name: 'ledger', versions: ['1.0', '2.0'] as const } };
    const members = [await start(young), await start(old)];
    const broker = await connectTo(to.kind, to, () => undefined);
    context.defer(() => broker.close());
    const send = createProducer('faults', broker);
    const sent = new Map<string, number[]>();
    let published = 0;
    const publishing = (async () => {
      for (let number = 0; number < count; number += 1) {
        const version = number % 2 === 0 ? '1.0' : '2.0';
        const one = message(`${version}-e${number % 7}`, number);
        while (
          !(await send(VERSIONS[version], one).then(
            () => true,
            () => false,
          ))
        )
          await pause(50);
        sent.set(one.entity, [...(sent.get(one.entity) ?? []), number]);
        published += 1;
        await pause(5);
      }
    })();
    for (let round = 0; round < ROUNDS; round += 1) {
      const place = round % 2;
      const [gone] = members.splice(place, 1, await start(round % 3 === 0 ? old : young));
      if (round % 2 === 0) await gone?.kill();
      else await gone?.terminate();
      await pause(300);
    }
    await publishing;
    // The last members know all.
    await start(young);
    await untilSettled(done, published);
    return ledger({}, sent);
  },
};
