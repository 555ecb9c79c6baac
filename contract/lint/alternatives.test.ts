import { expect, it } from 'vitest';
import { load, memoryReader } from '../load/index.ts';
import { lint, withSeverities } from './index.ts';

const found = (oneOf: string, more = '') => {
  const text = `asyncapi: 3.0.0\ninfo: { title: T, version: 1.0.0 }\nchannels: { c: { messages: { M: { summary: x, payload: { type: object, properties: { p: { oneOf: [${oneOf}] } } }${more} } } } }\ncomponents: { schemas: { Id: { type: string, format: uuid } } }\n`;
  const { workspace, diagnostics } = load(memoryReader({ 'a.yaml': text }));
  return withSeverities([...diagnostics, ...lint(workspace)], {}).flatMap(({ severity, code, message }) =>
    code === 'component/unused'
      ? []
      : [`${severity} ${code} ${/alternative \d.*alternative \d/.exec(message) ?? message}`],
  );
};
const never = (index: number, other: number, severity = 'error') =>
  `${severity} schema/alternatives-overlap alternative ${index} of \`oneOf\` is never chosen: what matches it matches alternative ${other}`;

it.each([
  ['{ type: string }, { type: string }', [never(1, 2)]],
  ['{ type: string, description: a }, { type: string, description: b }', [never(1, 2)]],
  ['{ type: number }, { type: integer }', [never(2, 1)]],
  ["{ $ref: '#/components/schemas/Id' }, { type: string }", [never(1, 2)]],
  ['{ enum: [1, 2] }, { enum: [2, 3] }', []],
  ['{ type: "null" }, { type: string }, { type: number }', []],
  ['{ required: [a] }, { required: [b] }', []],
  // What nothing matches is another fault.
  ['{ type: string }, false', []],
  [
    '{ type: object, properties: { a: {} } }, { type: object, required: [a], properties: { a: {} } }',
    [never(2, 1, 'warning')],
  ],
  [
    '{ type: object, properties: { a: { type: string } } }, { type: object, properties: { b: { type: string } } }',
    [
      `${never(1, 2, 'warning').split(' matches alternative')[0]}, with described properties only, matches alternative 2`,
    ],
  ],
  [
    '{ type: object, required: [a], properties: { a: {} } }, { type: object, required: [b], properties: { b: {} } }',
    [],
  ],
])('%s', (oneOf, expected) => {
  expect(found(oneOf)).toEqual(expected);
});

it('is the one finding where an example is refused for it, and an error', () => {
  const open =
    '{ type: object, properties: { a: {} } }, { type: object, required: [a], properties: { a: {} } }';
  expect(found(open, ', examples: [{ payload: { p: { a: 1 } } }]')).toEqual([never(2, 1)]);
});

it('says nothing of an alternative whose reference does not resolve, nor of one that refers to such a schema', () => {
  const lost = "{ $ref: '#/components/schemas/Lost' }, { type: string }";
  expect(found(lost).filter((it) => it.includes('overlap'))).toEqual([]);
  const through = `{ type: object, properties: { a: ${lost.split(' }')[0]} } } }, { type: object }, { type: number }, { type: integer }`;
  expect(found(through).filter((it) => it.includes('overlap'))).toEqual([never(4, 3)]);
});
