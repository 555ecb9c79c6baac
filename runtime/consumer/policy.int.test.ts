import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { deadLetters } from '../dead-letters/dead-letters.ts';
import { earned, pointsEarned, pointsEarnedFromV1, pointsEarnedV1 } from '../fixtures/points-earned.ts';
import { createConsumer, createProducer, type Observation, receive, type WireMessage } from '../index.ts';
import { memoryBroker } from '../memory/index.ts';
import { natsBroker } from '../nats/index.ts';
import { type NatsServer, natsAvailability, startNats } from '../nats/nats-server.ts';
import type { Broker } from '../ports/broker.ts';
import { sqliteStore } from '../sqlite/index.ts';

const nats = natsAvailability();
let server: NatsServer | undefined;
beforeAll(async () => {
  if (nats.available) server = await startNats();
});
afterAll(() => server?.stop());

const brokers: readonly [string, () => Promise<Broker>][] = [
  ['memory', async () => memoryBroker({ acknowledge: 'received' })],
  [
    'NATS JetStream',
    () =>
      natsBroker({
        servers: server?.url ?? '',
        prefix: `policy-${process.pid}-${Date.now()}`,
        streams: [{ name: 'loyalty', subjects: ['loyalty.>'] }],
      }),
  ],
];

const wire: WireMessage = {
  id: 'w',
  channel: pointsEarned.channel,
  headers: {},
  contentType: 'application/json',
  body: new Uint8Array(),
};
const body = (value: unknown) =>
  new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value));

/** A handler is written for the newest version; what it is not for goes by policy, never away. */
describe.each(brokers)('over %s, a handler for the newest version', (name, open) => {
  const itRuns = name === 'memory' || nats.available ? it : it.skip;
  const reason = nats.available ? '' : ` (over NATS not run: ${nats.reason})`;

  itRuns.each(['dead-letter', 'ignore'] as const)(
    `is given older versions upcast, and nothing that is unknown: %s${reason}`,
    async (onUnknown) => {
      const broker = await open();
      const store = sqliteStore({ file: ':memory:' });
      const seen: Observation[] = [];
      const given: string[] = [];
      const consumer = createConsumer('tier', broker, { store, onUnknown, observe: (it) => seen.push(it) }, [
        receive(
          pointsEarned,
          (message, { received }) =>
            void given.push(`${message.data.pointsEarned}: ${received.version} as ${message.version}`),
          [{ contract: pointsEarnedV1, upcast: pointsEarnedFromV1 }],
        ),
      ]);
      await consumer.start();
      const send = createProducer('loyalty', broker);
      // A key each: a dead letter holds up what follows of its own.
      const lost = { ...earned('b', 9), eventType: 'loyalty.points.lost', version: '1.0' };
      const newer = { ...earned('c', 9), version: '3.0' };
      await broker.publish([{ ...wire, id: 'lost', body: body(lost) }]);
      await broker.publish([{ ...wire, id: 'newer', body: body(newer) }]);
      await broker.publish([{ ...wire, id: 'torn', body: body('{') }]);
      await send(pointsEarnedV1, { aggregateId: 'a', data: { pointsEarned: 1 } });
      await send(pointsEarned, earned('a', 2));
      await vi.waitFor(() => expect(given).toHaveLength(2), { timeout: 20_000 });
      await consumer.stop();

      expect(given).toEqual(['1: 1.0 as 2.0', '2: 2.0 as 2.0']);
      const letters = (await deadLetters(store).list()).map((it) => it.reason);
      const ignored = seen.flatMap((it) => (it.kind === 'ignored' ? [it.reason] : []));
      const unknowns = ['unknown-message', 'unknown-version'];
      expect([...letters].sort()).toEqual(
        onUnknown === 'ignore' ? ['undecodable'] : ['undecodable', ...unknowns],
      );
      expect(ignored).toEqual(onUnknown === 'ignore' ? unknowns : []);
      await broker.close();
      await store.close();
    },
  );
});
