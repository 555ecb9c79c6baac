import { expect, it } from 'vitest';
import type { JsonSchema } from '../keywords/schema.ts';
import { allOfParts, certainParts, NEVER, referencedParts } from './all-of-parts.ts';
import { mergedSchema } from './merge-parts.ts';

const definitions = (all: Readonly<Record<string, JsonSchema>>) =>
  Object.fromEntries(Object.entries(all).map(([name, json]) => [name, { name, json }]));

it('tells what a schema adds to before the schema, and where each part is written', () => {
  const schemas = definitions({
    Base: { title: 'base' },
    Middle: { allOf: [{ $ref: 'Base' }, { title: 'between' }], title: 'middle' },
  });
  const parts = allOfParts(schemas, { allOf: [{ $ref: 'Middle' }, { title: 'beside' }], title: 'own' });
  expect(parts.map((it) => [it.json.title, it.schema, it.path])).toEqual([
    ['base', 'Base', []],
    ['between', 'Middle', ['allOf', 1]],
    ['middle', 'Middle', []],
    ['beside', '', ['allOf', 1]],
    ['own', '', []],
  ]);
  expect(mergedSchema({ schemas }, { $ref: 'Middle' })).toEqual({ title: 'middle' });
});

it('reads the siblings of a reference, and no circle twice', () => {
  const schemas = definitions({ A: { $ref: 'B', minimum: 1 }, B: { $ref: 'A', maximum: 2 } });
  expect(certainParts({ schemas }, { $ref: 'A' })).toEqual([{ maximum: 2 }, { minimum: 1 }]);
  expect([...referencedParts(schemas, { $ref: 'A' })]).toEqual(['B', 'A']);
});

it('says that nothing meets a schema of which one part is `false`', () => {
  const schemas = definitions({ A: { allOf: [true, { $ref: 'Never' }] }, Never: false });
  expect(allOfParts(schemas, { $ref: 'A' }).map((it) => it.json)).toContain(NEVER);
  expect(certainParts({ schemas }, { $ref: 'A' })).toBeUndefined();
  expect(mergedSchema({ schemas }, { $ref: 'A' })).toBe(false);
});

it('tells a schema once to which 2^60 ways lead', () => {
  const chain = Array.from({ length: 60 }, (_, n) => [
    `S${n}`,
    { allOf: [{ $ref: `S${n + 1}` }, { $ref: `S${n + 1}` }] },
  ]);
  const schemas = definitions({ ...Object.fromEntries(chain), S60: { minimum: 1 } });
  const said = certainParts({ schemas }, { $ref: 'S0' })?.filter((it) => Object.keys(it).length > 0);
  expect(said).toEqual([{ minimum: 1 }]);
  expect(mergedSchema({ schemas }, { $ref: 'S0' })).toEqual({ minimum: 1 });
});
