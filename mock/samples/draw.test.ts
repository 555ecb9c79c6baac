import { sampler } from '@chirograph/runtime/samples';
import type { Definition, JsonSchema, JsonValue } from '@chirograph/schema';
import { compileSchema } from '@chirograph/schema/ajv';
import { documentOf } from '@chirograph/schema/combine';
import { decideContainment } from '@chirograph/schema/containment';
import { draw, type SamplePlan, samplePlanner } from '@chirograph/schema/samples';
import fc from 'fast-check';
import { expect, it } from 'vitest';

const NAMES = ['A', 'B', 'C', 'D'] as const;
const reference = fc.constantFrom(...NAMES).map((it) => ({ $ref: it }));
const inner = fc.oneof({ weight: 4, arbitrary: reference }, fc.constant({ type: 'integer' }));
const object = fc
  .record({
    properties: fc.dictionary(fc.constantFrom('p', 'q', 'r'), inner, { minKeys: 1 }),
    isNullable: fc.boolean(),
    required: fc.subarray(['p', 'q', 'r']),
  })
  .map(({ properties, isNullable, required }) => ({
    type: isNullable ? ['object', 'null'] : 'object',
    properties,
    required,
  }));
const array = fc.record({ type: fc.constant('array'), items: inner, minItems: fc.nat(1) });
const definition = fc.oneof(
  { weight: 4, arbitrary: object },
  array,
  fc.record({ type: fc.constant('object'), additionalProperties: inner, minProperties: fc.nat(1) }),
  fc.array(fc.oneof(object, array), { minLength: 1, maxLength: 3 }).map((anyOf) => ({ anyOf })),
  object.map((it) => ({ allOf: [it, { required: ['p'] }] })),
);
const graph = fc
  .tuple(definition, definition, definition, definition)
  .map((all) => Object.fromEntries(all.map((json, at) => [NAMES[at] ?? '', json as JsonSchema])));

const schemasOf = (jsons: Readonly<Record<string, JsonSchema>>): Readonly<Record<string, Definition>> =>
  Object.fromEntries(
    Object.entries(jsons).map(([name, json]) => [name, { name, dialect: 'draft-07', json }]),
  );

/** An object with a value of each schema under its name. */
const ALL: Definition = {
  name: 'all',
  dialect: 'draft-07',
  json: { properties: Object.fromEntries(NAMES.map((name) => [name, { $ref: name }])) },
};

it('comes to an end with a value that Ajv accepts, however schemas contain one another', () => {
  fc.assert(
    fc.property(graph, fc.nat(2 ** 31), (jsons, seed) => {
      const schemas = schemasOf(jsons);
      const planner = samplePlanner({ schemas });
      const drawn: Record<string, JsonValue> = {};
      for (const name of NAMES) {
        const plan = planner.plan({ $ref: name }, name);
        // Of what has no plan, an engine of its own says that there is no value, or does not know.
        if (plan === undefined)
          expect(decideContainment(documentOf({ schemas, root: name }), false).kind).not.toBe(
            'not-contained',
          );
        else drawn[name] = draw(plan, planner, sampler(seed));
      }
      // To compile a schema is what takes the time: all that were drawn are checked by one.
      const isValid = compileSchema(
        documentOf({ schemas: { ...schemas, all: ALL }, root: 'all' }),
        'draft-07',
      );
      expect(isValid(drawn) || isValid.errors).toBe(true);
    }),
    { numRuns: 150 },
  );
});

it('draws the same, whichever schemas were asked for before', () => {
  fc.assert(
    fc.property(graph, fc.shuffledSubarray([...NAMES]), (jsons, order) => {
      const schemas = schemasOf(jsons);
      const all = (asked: readonly string[]): Record<string, SamplePlan | undefined> => {
        const planner = samplePlanner({ schemas });
        for (const name of asked) planner.plan({ $ref: name }, name);
        return Object.fromEntries(
          NAMES.map((name) => {
            const plan = planner.plan({ $ref: name }, name);
            return [name, plan?.kind === 'named' ? planner.named(plan.id) : plan];
          }),
        );
      };
      expect(all(order)).toEqual(all([]));
    }),
    { numRuns: 150 },
  );
});

it('draws the same of a schema that needs another, whichever was asked for first', () => {
  const schemas = schemasOf({
    Entries: { type: 'object', additionalProperties: { type: 'integer' } },
    Basket: {
      type: 'object',
      required: ['entries'],
      properties: { entries: { $ref: 'Entries' }, child: { $ref: 'Child' } },
    },
    Child: { type: 'object', properties: { basket: { $ref: 'Basket' } } },
  });
  const asked = (...names: readonly string[]) => {
    const planner = samplePlanner({ schemas });
    for (const name of names) planner.plan({ $ref: name }, name);
    return Object.keys(schemas).map((name) => planner.named(name));
  };
  expect(asked('Child', 'Entries', 'Basket')).toEqual(asked('Entries', 'Basket', 'Child'));
});

it('fills arrays that need no item, and does with fewer below', () => {
  const planner = samplePlanner({
    schemas: schemasOf({
      Tree: {
        type: 'object',
        required: ['trees'],
        properties: { trees: { type: 'array', items: { $ref: 'Tree' } } },
      },
    }),
  });
  const lengths = (schema: JsonSchema) =>
    Array.from({ length: 50 }, (_, seed) => {
      const plan = planner.plan(schema, 'it');
      const value = plan && draw(plan, planner, sampler(seed));
      return Array.isArray(value) ? value.length : JSON.stringify(value).split('[').length - 1;
    });
  expect(Math.min(...lengths({ type: 'array', items: { type: 'integer' } }))).toBe(1);
  const depths = lengths({ $ref: 'Tree' });
  expect(Math.min(...depths)).toBe(1);
  expect(Math.max(...depths)).toBeGreaterThan(2);
});
