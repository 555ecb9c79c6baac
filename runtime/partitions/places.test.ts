import { expect, it } from 'vitest';
import { places } from './places.ts';

const all = places([
  { name: 'orders', subjects: ['shop.*.placed', 'shop.order.>'] },
  { name: 'shop', subjects: ['shop.>'] },
  { name: 'till', subjects: ['till'] },
]);

it.each([
  ['shop.eu.placed', 'orders'],
  ['shop.order.a.b', 'orders'],
  ['shop/order/a', 'orders'],
  ['shop.eu.paid', 'shop'],
  ['shop.eu.west.placed', 'shop'],
  ['till', 'till'],
  ['shop', undefined],
  ['till.a', undefined],
])('%s lies in %s', (address, name) => {
  expect(all.of(address)?.name).toBe(name);
});

it.each([
  ['shop.{region}.placed', ['orders', 'shop']],
  ['{what}', ['till']],
  ['{domain}.order.a', ['orders', 'shop']],
  ['bank.a', []],
])('messages of %s may lie in %s', (channel, names) => {
  expect(all.holding(channel).map(({ name }) => name)).toEqual(names);
});
