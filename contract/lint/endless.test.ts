import { expect, it } from 'vitest';
import { load, memoryReader } from '../load/index.ts';
import { lint } from './index.ts';

/** What is said of schemas that nothing can meet, or that never end, with the line's name. */
function found(schemas: Readonly<Record<string, object>>): string[] {
  const document = {
    asyncapi: '3.0.0',
    info: { title: 'T', version: '1.0.0' },
    channels: { c: { messages: { M: { payload: { $ref: '#/components/schemas/A' } } } } },
    components: { schemas },
  };
  const { workspace } = load(memoryReader({ 'a.json': JSON.stringify(document) }));
  return lint(workspace).flatMap(({ code, at, message }) =>
    /unsatisfiable|own-part/.test(code)
      ? [`${code} ${at.pointer} ${/\w+( -> \w+)+/.exec(message)?.[0]}`]
      : [],
  );
}

const A = { $ref: '#/components/schemas/A' };
const B = { $ref: '#/components/schemas/B' };
const requiring = (schema: object) => ({ type: 'object', required: ['x'], properties: { x: schema } });
const endless = (...names: string[]) => [`schema/unsatisfiable /components/schemas/A ${names.join(' -> ')}`];

it.each([
  ['a member', { A: requiring(A) }, endless('A', 'A')],
  ['an item', { A: { type: 'array', minItems: 1, items: A } }, endless('A', 'A')],
  [
    'a member of another part',
    { A: { type: 'object', allOf: [requiring({ allOf: [A] })] } },
    endless('A', 'A'),
  ],
  [
    'a part in place',
    { A: requiring(requiring({ type: 'array', items: A, minItems: 2 })) },
    endless('A', 'A'),
  ],
  ['every branch', { A: requiring(B), B: { oneOf: [requiring(A), requiring(B)] } }, endless('A', 'B', 'A')],
  ['any name', { A: { type: 'object', required: ['x'], additionalProperties: A } }, endless('A', 'A')],
])('nothing meets a schema that requires itself: %s', (_, schemas, expected) => {
  expect(found(schemas)).toEqual(expected);
});

it.each([
  ['an optional member', { A: { type: 'object', properties: { x: A } } }],
  ['a list that may be empty', { A: { type: 'array', items: A } }],
  ['a branch', { A: requiring({ oneOf: [A, { type: 'null' }] }) }],
  ['null', { A: { ...requiring(A), type: ['object', 'null'] } }],
  ['a branch that is no schema', { A: requiring({ oneOf: [A, 'B'] }) }],
  ['a text, where no type is said', { A: { required: ['x'], properties: { x: A } } }],
  [
    'a schema that ends by itself',
    { A: requiring({ allOf: [B] }), B: { type: 'object', properties: { x: { allOf: [A] } } } },
  ],
])('%s is a way out', (_, schemas) => {
  expect(found(schemas)).toEqual([]);
});

it('a dependency that is a schema asks it of the same value', () => {
  expect(found({ A: { dependencies: { x: A } } })).toEqual([
    'schema/own-part /components/schemas/A/dependencies/x A -> A',
  ]);
});

it('a branch that leads back to its schema is said to be its own part, once', () => {
  const schemas = { A: { type: 'object', anyOf: [B] }, B: { allOf: [A, { properties: { x: {} } }] } };
  expect(found(schemas)).toEqual(['schema/own-part /components/schemas/A/anyOf/0 A -> B -> A']);
});
