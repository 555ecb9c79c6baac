import { expect, it } from 'vitest';
import { derivedId } from './derived-id.ts';

it('is a UUID of version 8 that follows from its parts', () => {
  const id = derivedId('programme', 'customer');
  expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(derivedId('programme', 'customer')).toBe(id);
});

it('tells apart parts that read the same when joined', () => {
  expect(derivedId('ab', 'c')).not.toBe(derivedId('a', 'bc'));
  expect(derivedId('a', 'b')).not.toBe(derivedId('b', 'a'));
});
