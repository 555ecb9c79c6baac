import { expect, it } from 'vitest';
import { load, memoryReader } from '../load/index.ts';
import { lint, withSeverities } from './index.ts';

const found = (payload: string, rest = '') => {
  const text = `asyncapi: 3.0.0\ninfo: { title: T, version: 1.0.0 }\nchannels: { c: { messages: { M: { summary: x, payload: ${payload} } } } }\n${rest}`;
  const { workspace, diagnostics } = load(memoryReader({ 'a.yaml': text }));
  return withSeverities([...diagnostics, ...lint(workspace)], {}).map(
    ({ severity, code, at }) => `${severity} ${code} ${at.pointer.replace('/channels/c/messages/M', '')}`,
  );
};
const closed = '{ type: object, properties: { t: {} }, additionalProperties: false }';
const open = '{ type: object, properties: { a: {}, b: {}, c: {} } }';

it('is one finding, however many keys and examples are refused', () => {
  const examples = 'examples: [{ a: 1, b: 2, c: 3, t: 4 }, { a: 1, b: 2 }]';
  expect(found(`{ allOf: [${open}, ${closed}], ${examples} }`)).toEqual([
    'error schema/closed-branch /payload/allOf/1/additionalProperties',
  ]);
  expect(found(`{ allOf: [${open}, ${closed}] }`)).toEqual([
    'warning schema/closed-branch /payload/allOf/1/additionalProperties',
  ]);
  const required = open.replace('type: object', 'type: object, required: [a, b, c]');
  expect(found(`{ allOf: [${required}, ${closed}], ${examples} }`)).toEqual([
    'error schema/unsatisfiable /payload',
  ]);
});

it('is one finding of a closed base, however many extend it, and none where nothing is refused', () => {
  const schemas = `components: { schemas: { Base: ${closed} } }`;
  const base = "{ $ref: '#/components/schemas/Base' }";
  expect(
    found(`{ properties: { x: { allOf: [${base}, ${open}] }, y: { allOf: [${base}, ${open}] } } }`, schemas),
  ).toEqual(['warning schema/closed-branch /components/schemas/Base/additionalProperties']);
  expect(found(`{ allOf: [${closed}, { properties: { t: { type: string } } }] }`)).toEqual([]);
  expect(
    found(`{ allOf: [{ ${closed.slice(1, -1)}, patternProperties: { "^[a-c]$": {} } }, ${open}] }`),
  ).toEqual([]);
});
