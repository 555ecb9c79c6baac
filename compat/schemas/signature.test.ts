import type { JsonSchema } from '@chirograph/schema';
import type { Definitions } from '@chirograph/schema/combine';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { meaningKey } from './signature.ts';

function definitions(schemas: Readonly<Record<string, JsonSchema>>): Definitions {
  return Object.fromEntries(
    Object.entries(schemas).map(([id, json]) => [id, { id, name: id, dialect: '2020-12', json }]),
  ) as unknown as Definitions;
}

describe('meaningKey', () => {
  it('is one for what is written in place and what is referred to', () => {
    const money: JsonSchema = { type: 'object', properties: { amount: { type: 'integer', minimum: 0 } } };
    const schemas = definitions({ money, price: { allOf: [{ $ref: 'money' }] } });
    expect(meaningKey(schemas, { $ref: 'money' })).toBe(meaningKey(schemas, money));
    expect(meaningKey(schemas, { $ref: 'price' })).toBe(meaningKey(schemas, { allOf: [money] }));
  });

  it('leaves out words for people and the order of keys, and no property of such a name', () => {
    const key = (json: JsonSchema) => meaningKey({}, json);
    expect(key({ type: 'string', title: 'A name' })).toBe(key({ description: 'x', type: 'string' }));
    expect(key({ minimum: 1, maximum: 2 })).toBe(key({ maximum: 2, minimum: 1 }));
    expect(key({ properties: { title: { type: 'string' } } })).not.toBe(key({ properties: {} }));
  });

  it('tells a difference some references away, on circles too', () => {
    const chain = (end: string) =>
      definitions({
        a: { properties: { next: { $ref: 'b' }, back: { $ref: 'a' } } },
        b: { items: { $ref: 'c' } },
        c: { type: end },
      });
    const [one, same, other] = ['string', 'string', 'number'].map((end) =>
      meaningKey(chain(end), { $ref: 'a' }),
    );
    expect(one).toBe(same);
    expect(one).not.toBe(other);
  });

  it('is the same only for the same values', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (one, other) => {
        const [a, b] = [{ const: [one] }, { const: [other] }] as JsonSchema[];
        const isSame = sorted(one) === sorted(other);
        // A value may hold what looks like words for people.
        fc.pre(
          !/"(title|description|deprecated|examples|externalDocs|\$comment|\$ref)"/.test(
            sorted([one, other]),
          ),
        );
        expect(meaningKey({}, a) === meaningKey({}, b)).toBe(isSame);
      }),
    );
  });

  it('looks at each definition a few times, however many ways lead to it', () => {
    const count = 300;
    const all = Object.fromEntries(
      Array.from({ length: count }, (_, n) => [
        `s${n}`,
        { anyOf: [1, 7, 50, 113].map((step) => ({ $ref: `s${(n * 3 + step) % count}` })), minimum: n },
      ]),
    );
    let looks = 0;
    const counted = new Proxy(definitions(all), {
      get(target, id) {
        looks += 1;
        return target[id as string];
      },
    });
    meaningKey(counted, { anyOf: Object.keys(all).map(($ref) => ({ $ref })) });
    expect(looks).toBeLessThan(count * 4 * 30);
  });
});

function sorted(value: unknown): string {
  return JSON.stringify(value, (_, it: unknown) =>
    typeof it === 'object' && it !== null && !Array.isArray(it)
      ? Object.fromEntries(Object.entries(it).sort(([a], [b]) => (a < b ? -1 : 1)))
      : it,
  );
}
