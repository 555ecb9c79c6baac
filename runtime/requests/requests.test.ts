import { describe, expect, it, onTestFinished } from 'vitest';
import type { MessageContract } from '../contract/index.ts';
import { createConsumer, createProducer, outbox, receive, requests, service } from '../index.ts';
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
