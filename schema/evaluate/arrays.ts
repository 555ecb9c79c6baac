import { fingerprint } from '../json/equal.ts';
import type { JsonValue } from '../json/json-value.ts';
import { isSchema } from '../keywords/subschemas.ts';
import { type Check, fail, into, type Keyword, silently } from './check.ts';
import { atLeast, atMost } from './scalars.ts';

/** `items` (a schema or, before 2020-12, a list), `prefixItems`, `additionalItems` (applicators, section 10.3.1). */
export const items: Keyword = (schema, compile) => {
  const tuple = Array.isArray(schema.prefixItems) ? schema.prefixItems : schema.items;
  const rest = Array.isArray(schema.prefixItems)
    ? schema.items
    : Array.isArray(schema.items)
      ? schema.additionalItems
      : undefined;
  const one = Array.isArray(tuple) ? undefined : isSchema(tuple) ? compile(tuple) : undefined;
  const first = Array.isArray(tuple) ? tuple.map((it) => (isSchema(it) ? compile(it) : undefined)) : [];
  const others = isSchema(rest) ? compile(rest) : undefined;
  if (!one && first.length === 0 && !others) return undefined;
  return (value, trail, run) => {
    if (!Array.isArray(value)) return true;
    let holds = true;
    for (let i = 0; i < value.length; i += 1) {
      const check = i < first.length ? first[i] : (one ?? others);
      if (!check || check(value[i] as JsonValue, into(run, trail, i), run)) continue;
      holds = false;
      if (!run.faults) return false;
    }
    return holds;
  };
};

/** `minItems`, `maxItems`, `uniqueItems` (validation, section 6.4). */
export const counts: Keyword = (schema) => {
  const { minItems, maxItems, uniqueItems } = schema;
  if (typeof minItems !== 'number' && typeof maxItems !== 'number' && uniqueItems !== true) return undefined;
  return (value, trail, run) => {
    if (!Array.isArray(value)) return true;
    if (typeof minItems === 'number' && value.length < minItems)
      return fail(run, schema, value, trail, { kind: 'bound', expected: atLeast(minItems, 'item') });
    if (typeof maxItems === 'number' && value.length > maxItems)
      return fail(run, schema, value, trail, { kind: 'bound', expected: atMost(maxItems, 'item') });
    const twins = uniqueItems === true ? findTwins(value) : undefined;
    if (!twins) return true;
    const [first, second] = twins;
    return fail(run, schema, value, trail, { kind: 'duplicate-item', first, second });
  };
};

/** `contains`, `minContains`, `maxContains` (applicators, section 10.3.1.3; validation, section 6.4.4). */
export const contains: Keyword = (schema, compile): Check | undefined => {
  if (!isSchema(schema.contains)) return undefined;
  const check = compile(schema.contains);
  const least = typeof schema.minContains === 'number' ? schema.minContains : 1;
  const most = typeof schema.maxContains === 'number' ? schema.maxContains : Number.POSITIVE_INFINITY;
  return (value, trail, run) => {
    if (!Array.isArray(value)) return true;
    const quiet = silently(run);
    const n = value.filter((it) => check(it as JsonValue, trail, quiet)).length;
    if (n >= least && n <= most) return true;
    const expected = n < least ? atLeast(least, 'such item') : atMost(most, 'such item');
    return fail(run, schema, value, trail, { kind: 'bound', expected });
  };
};

function findTwins(list: readonly JsonValue[]): readonly [number, number] | undefined {
  if (list.length < 2) return undefined;
  const seen = new Map<string, number>();
  for (const [index, item] of list.entries()) {
    const text = fingerprint(item);
    const first = seen.get(text);
    if (first !== undefined) return [first, index];
    seen.set(text, index);
  }
  return undefined;
}
