import type { JsonSchema } from '@chirograph/schema';
import { expect, it } from 'vitest';
import { reduce } from './reduce.ts';

/** How many names of properties are looked at to leave out what two schemas of so many properties have in common. */
function work(count: number): number {
  let looked = 0;
  const counted = (limit: number) => {
    const properties = Object.fromEntries(
      Array.from({ length: count }, (_, index) => [`p${index}`, { maxLength: index === 7 ? limit : 5 }]),
    );
    return new Proxy(properties, {
      ownKeys(target) {
        looked += count;
        return Reflect.ownKeys(target);
      },
    });
  };
  const rooted = (limit: number) => {
    const json = { type: 'object', properties: counted(limit) } as JsonSchema;
    return { schemas: { root: { name: 'Root', dialect: 'draft-07' as const, json } }, root: 'root' };
  };
  expect(reduce(rooted(5), rooted(6))).toBeDefined();
  return looked;
}

it('the work grows with the number of properties, not with its square', () => {
  expect(work(400) / work(100)).toBeLessThanOrEqual(4);
});
