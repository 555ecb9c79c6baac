import { load, memoryReader } from '@chirograph/contract/load';
import { expect, it } from 'vitest';
import { compare } from '../compare.ts';

/** Messages of AsyncAPI 2 that have neither name nor key: what stands for them is their channel. */
type Channels = Readonly<Record<string, readonly unknown[]>>;

function state(channels: Channels, action = 'subscribe') {
  const document = {
    asyncapi: '2.6.0',
    info: { title: 'Orders', version: '1.0.0' },
    channels: Object.fromEntries(
      Object.entries(channels).map(([address, payloads]) => [
        address,
        { [action]: { message: { oneOf: payloads.map((payload) => ({ payload })) } } },
      ]),
    ),
  };
  return load(memoryReader({ 'shop/orders.json': JSON.stringify(document) })).workspace;
}

const changes = (base: Channels, head: Channels, action?: string) =>
  compare(state(base), state(head, action)).flatMap(({ code, subject, from, to }) =>
    subject.kind === 'message' ? [[code, from, to].filter(Boolean).join(' ')] : [],
  );

const total = { properties: { total: { type: 'number' } }, required: ['total'] };
const reason = { properties: { reason: { type: 'string' } }, required: ['reason'] };

it('they go with their channel when it gets another name', () => {
  expect(changes({ orders: [total, reason] }, { sales: [total, reason] })).toEqual([
    'message/channel-moved orders sales',
    'message/channel-moved orders sales',
  ]);
});

it('the one that changed on the way goes with those that did not', () => {
  const optional = { ...reason, required: [] };
  expect(changes({ orders: [total, reason] }, { sales: [optional, total] }).toSorted()).toEqual([
    'message/channel-moved orders sales',
    'message/channel-moved orders sales',
    'payload/property-made-optional',
  ]);
});

it('of several channels each is known by what its messages say', () => {
  expect(changes({ a: [total], b: [reason] }, { x: [reason], y: [total] }).toSorted()).toEqual([
    'message/channel-moved a y',
    'message/channel-moved b x',
  ]);
});

it('what has nothing in common with what is gone is new', () => {
  const gone = ['message/removed', 'message/removed', 'message/added'].toSorted();
  expect(changes({ orders: [total, reason] }, { people: [{ type: 'string' }] }).toSorted()).toEqual(gone);
});

it('what was sent and is received now is another message', () => {
  expect(changes({ orders: [total] }, { sales: [total] }, 'publish').toSorted()).toEqual([
    'message/added',
    'message/removed',
  ]);
});
