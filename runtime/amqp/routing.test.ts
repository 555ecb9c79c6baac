import fc from 'fast-check';
import { expect, it } from 'vitest';
import { addressOfKey, bindingOf, isOvermatched, routingKeyOf } from './routing.ts';

const word = fc.stringMatching(/^[a-z0-9_-]{1,6}$/);
const address = fc
  .tuple(word, fc.array(fc.tuple(fc.constantFrom('.', '/'), word), { maxLength: 4 }))
  .map(([first, rest]) => first + rest.map(([separator, it]) => separator + it).join(''));

it('gives each address a routing key of its own, and the address back', () => {
  fc.assert(
    fc.property(address, address, fc.nat(9), (one, other, partition) => {
      expect(addressOfKey(routingKeyOf(partition, one))).toBe(one);
      if (one !== other) expect(routingKeyOf(partition, one)).not.toBe(routingKeyOf(partition, other));
    }),
  );
});

it('binds templates word by word', () => {
  expect(bindingOf(3, 'shop.{region}.placed')).toBe('3.shop.*.placed');
  expect(bindingOf(0, 'shop/{order}/v{major}')).toBe('0.shop./.*./.*');
  expect(isOvermatched('shop/{order}/v{major}', 'shop/o-1/x2')).toBe(true);
  expect(isOvermatched('shop/{order}/v{major}', 'shop/o-1/v2')).toBe(false);
  expect(isOvermatched('shop/{order}/v{major}', 'shop/o-1')).toBe(false);
});
