import { beforeEach, expect, it } from 'vitest';
import { createConsumer } from '../consumer/create-consumer.ts';
import { receive } from '../consumer/receive.ts';
import { deadLetters } from '../dead-letters/dead-letters.ts';
import { earned, type PointsEarned, pointsEarned } from '../fixtures/points-earned.ts';
import { createProducer } from '../producer/create-producer.ts';
import { type TestBus, testBus } from '../testing/index.ts';
import type { Codec } from './codec.ts';
import type { CodecFor } from './codec-for.ts';

const packed = { ...pointsEarned, contentType: 'application/msgpack' };

/** Stands for an encoding that only the application knows. */
const marked: Codec = {
  encode: (payload) => new TextEncoder().encode(`~${JSON.stringify(payload)}`),
  decode: (body) => JSON.parse(new TextDecoder().decode(body).slice(1)),
};
const codec: CodecFor = ({ contentType }) => (contentType === 'application/msgpack' ? marked : undefined);

let bus: TestBus;
let handled: PointsEarned[];

beforeEach(() => {
  bus = testBus();
  handled = [];
  return () => bus.close();
});

async function consume(options: { readonly codec?: CodecFor }): Promise<void> {
  const handler = async (message: PointsEarned): Promise<void> => void handled.push(message);
  const to = { store: bus.store, clock: bus.clock, ...options };
  await createConsumer('tier', bus, to, [receive(packed, handler)]).start();
}

it('carries objects in an encoding of the application, and leaves other content types as they are', async () => {
  await consume({ codec });
  const send = createProducer('loyalty', bus, { clock: bus.clock, codec });
  const sent = await send(packed, earned('a', 50));
  await bus.settled();
  expect(handled).toEqual([sent]);
  const [wire] = bus.published;
  expect(new TextDecoder().decode(wire?.message.body)).toBe(`~${JSON.stringify(sent)}`);
  expect(codec(pointsEarned)).toBeUndefined();
});

it('is asked for on both sides: nothing is sent without it, and what cannot be read is a dead letter', async () => {
  await consume({});
  const plain = createProducer('loyalty', bus, { clock: bus.clock });
  await expect(plain(packed, earned('a', 50))).rejects.toThrow(
    'no codec for the content type application/msgpack',
  );
  await createProducer('loyalty', bus, { clock: bus.clock, codec })(packed, earned('a', 50));
  await bus.settled();
  expect(handled).toEqual([]);
  expect(await deadLetters(bus.store).list()).toHaveLength(1);
});
