import { load, memoryReader } from '@chirograph/contract/load';
import { expect, it } from 'vitest';
import { compare } from '../index.ts';

function contracts(address: string, parameters: object) {
  const channel = { address, parameters, messages: { Placed: { name: 'order.placed', payload: true } } };
  const document = {
    asyncapi: '3.1.0',
    info: { title: 'Order', version: '1.0.0' },
    channels: { placed: channel },
    operations: { send: { action: 'send', channel: { $ref: '#/channels/placed' } } },
  };
  return load(memoryReader({ 'shop/order.asyncapi.yaml': JSON.stringify(document) })).workspace;
}

const listed = (...values: string[]) => ({ region: { enum: values } });

it.each<[string, object, object, string[]]>([
  ['another order is no change', listed('eu', 'us'), listed('us', 'eu'), []],
  ['any value becomes a list', { region: {} }, listed('eu'), ['values-removed any value -> eu']],
  ['a list becomes any value', listed('eu'), { region: {} }, ['values-added eu -> any value']],
  [
    'one goes and one comes',
    listed('eu'),
    listed('us'),
    ['values-added eu -> us', 'values-removed eu -> us'],
  ],
  ['a default comes', { region: {} }, { region: { default: 'eu' } }, ['default-changed none -> eu']],
  [
    'a place in the message',
    { region: {} },
    { region: { location: '$message.payload#/region' } },
    ['location-changed nowhere -> payload /region'],
  ],
])('%s', (_, from, to, expected) => {
  const changes = compare(contracts('order.{region}', from), contracts('order.{region}', to));
  expect(changes.map((it) => `${it.code.replace('channel/parameter-', '')} ${it.from} -> ${it.to}`)).toEqual(
    expected,
  );
});

it('a parameter is known by its place in the address, whatever it is called', () => {
  const base = contracts('order.{region}.{shop}', { ...listed('eu'), shop: {} });
  const head = contracts('order.{area}.{shop}', { shop: {}, area: { enum: ['eu', 'us'] } });
  expect(compare(base, head).map(({ code }) => code)).toEqual([
    'channel/parameter-renamed',
    'channel/parameter-values-added',
  ]);
});
