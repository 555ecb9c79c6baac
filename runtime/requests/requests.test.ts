import { describe, expect, it, onTestFinished } from 'vitest';
import type { MessageContract } from '../contract/index.ts';
import { createConsumer, createProducer, outbox, receive, reply, requests, service } from '../index.ts';
import { memoryBroker } from '../memory/index.ts';
import type { Broker } from '../ports/broker.ts';
import { sqliteStore } from '../sqlite/index.ts';
import { testBus } from '../testing/index.ts';

interface Asked {
  readonly id: string;
  readonly title: string;
}
interface Answered {
  readonly title: string;
  readonly copies: number;
}

function contract<T>(name: string, property: string, envelope: object): MessageContract<T> {
  return {
    name,
    version: '1.0',
    kind: 'command',
    channel: name,
    contentType: 'application/json',
    envelope,
    identity: [],
    validate: (value): value is T => typeof value === 'object' && value !== null && property in value,
  };
}
const availabilityAsked = contract<Asked>('lending.availability-asked', 'title', {
  id: { in: 'payload', path: ['id'] },
});
const availabilityAnswered = contract<Answered>('lending.availability-answered', 'copies', {});
const reminded = contract<{ readonly text: string }>('lending.reminded', 'text', {});

/** A library that answers, and a desk that asks, each with a store of its own. */
function library(broker: Broker) {
  const store = sqliteStore({ file: ':memory:' });
  const send = createProducer('library', outbox(store));
  const consumer = createConsumer('library', broker, { store }, [
    receive(availabilityAsked, async ({ title }, context) => {
      if (title === 'unknown') return;
      await send(availabilityAnswered, { title, copies: title.length }, context);
    }),
  ]);
  return service({ name: 'library', store, broker, consumers: [consumer] });
}

describe('a request', () => {
  it('is answered with the reply to it, many at once, each with its own', async () => {
    const broker = memoryBroker();
    const store = sqliteStore({ file: ':memory:' });
    const lending = requests('desk', broker, { store }, [availabilityAnswered]);
    const desk = service({ name: 'desk', store, broker, consumers: [lending.consumer] });
    const shelves = library(broker);
    await shelves.start();
    await desk.start();
    onTestFinished(async () => {
      await desk.close();
      await shelves.close();
    });
    const titles = Array.from({ length: 20 }, (_, n) => 'x'.repeat(n + 1));
    const answers = await Promise.all(titles.map((title) => lending.ask(availabilityAsked, { title })));
    expect(answers).toEqual(
      titles.map((title) => ({ kind: 'answered', reply: { title, copies: title.length } })),
    );
    const [first] = answers;
    // Typed: this does not compile when the reply is not that of the contract.
    if (first?.kind === 'answered') expect(first.reply.copies satisfies number).toBe(1);
    expect(await store.read((tx) => tx.documents('requests/desk').list())).toEqual([]);
    expect(await store.read((tx) => tx.timers.nextDueAt('desk.replies'))).toBeUndefined();
  });

  it('times out when nobody answers, and leaves nothing behind', async () => {
    const bus = testBus();
    onTestFinished(() => bus.close());
    const lending = requests('desk', bus, { store: bus.store, clock: bus.clock, poll: 60_000 }, [
      availabilityAnswered,
    ]);
    await lending.consumer.start();
    const asking = lending.ask(availabilityAsked, { title: 'unknown' }, { patience: 5_000 });
    await bus.settled();
    await bus.clock.advance(5_000);
    expect(await asking).toEqual({ kind: 'timeout', after: 5_000 });
    expect(await bus.store.read((tx) => tx.documents('requests/desk').list())).toEqual([]);
    // An answer that comes too late has no effect.
    await createProducer('library', bus)(
      availabilityAnswered,
      { title: 'unknown', copies: 1 },
      { causedBy: { id: 'gone', correlationId: 'gone' } },
    );
    await bus.settled();
    expect(await bus.store.read((tx) => tx.documents('requests/desk').list())).toEqual([]);
    await lending.consumer.stop();
  });

  it('is known by the id that its sender gave it, says where its answer goes, and takes only answers to it', async () => {
    const bus = testBus();
    onTestFinished(() => bus.close());
    const options = { store: bus.store, clock: bus.clock, poll: 60_000 };
    const lending = requests('desk', bus, options, [availabilityAnswered, reminded]);
    const heard: unknown[] = [];
    const send = createProducer('library', bus);
    const shelves = createConsumer('library', bus, options, [
      receive(availabilityAsked, async (asked, context) => {
        heard.push(asked);
        await send(reminded, { text: 'no answer' }, context);
        await send(availabilityAnswered, { title: asked.title, copies: 3 }, context);
      }),
    ]);
    await lending.consumer.start();
    await shelves.start();
    const asking = lending.ask(
      availabilityAsked,
      { id: 'mine', title: 'a' },
      {
        replies: [availabilityAnswered],
        replyTo: { at: { in: 'payload', path: ['replyTo'] }, address: 'desk.answers' },
      },
    );
    await bus.settled();
    const answer = await asking;
    // Typed: the answer is not one of the other replies.
    if (answer.kind === 'answered') expect(answer.reply.copies satisfies number).toBe(3);
    expect(answer.kind).toBe('answered');
    expect(heard).toEqual([{ id: 'mine', title: 'a', replyTo: 'desk.answers' }]);
    await lending.consumer.stop();
    await shelves.stop();
  });

  it('is answered in an older version of the reply, too', async () => {
    const bus = testBus();
    onTestFinished(() => bus.close());
    const options = { store: bus.store, clock: bus.clock, poll: 60_000 };
    const old = {
      ...contract<{ number: number }>('lending.availability-answered', 'number', {}),
      version: '0.9',
    };
    const lending = requests('desk', bus, options, [
      reply(availabilityAnswered, [
        { contract: old, upcast: ({ number }: { number: number }) => ({ title: 'a', copies: number }) },
      ]),
    ]);
    const shelves = createConsumer('library', bus, options, [
      receive(availabilityAsked, async (_asked, context) => {
        await createProducer('library', bus)(old, { number: 7 }, context);
      }),
    ]);
    await lending.consumer.start();
    await shelves.start();
    const asking = lending.ask(availabilityAsked, { title: 'a' });
    await bus.settled();
    expect(await asking).toEqual({ kind: 'answered', reply: { title: 'a', copies: 7 } });
    await lending.consumer.stop();
    await shelves.stop();
  });

  it('needs no handler in a consumer for replies that are awaited', async () => {
    const bus = testBus();
    onTestFinished(() => bus.close());
    const desk = createConsumer('desk', bus, { store: bus.store }, [
      receive(availabilityAnswered, 'awaited'),
    ]);
    await desk.start();
    await createProducer('library', bus)(availabilityAnswered, { title: 'a', copies: 1 });
    await bus.settled();
    expect(desk.health().healthy).toBe(true);
    expect(await bus.store.read((tx) => tx.parked.counts())).toEqual([]);
    await desk.stop();
  });

  it('is refused inside a transaction, which it would wait for, and when it breaks its contract', async () => {
    const bus = testBus();
    onTestFinished(() => bus.close());
    const lending = requests('desk', bus, { store: bus.store, clock: bus.clock }, [availabilityAnswered]);
    await expect(bus.store.transaction(() => lending.ask(availabilityAsked, { title: 'a' }))).rejects.toThrow(
      'inside a transaction',
    );
    await expect(lending.ask(availabilityAsked, {})).rejects.toThrow('breaks its contract');
    expect(await bus.store.read((tx) => tx.documents('requests/desk').list())).toEqual([]);
  });
});
