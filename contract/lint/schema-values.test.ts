import { expect, it } from 'vitest';
import { load, memoryReader } from '../load/index.ts';
import { lint } from './index.ts';

const found = (schema: string) => {
  const text = `asyncapi: 3.0.0
info: { title: Orders, version: 1.0.0 }
components:
  schemas:
    Quantity: ${schema}
`;
  const { workspace } = load(memoryReader({ 'orders.asyncapi.yaml': text }));
  return lint(workspace).flatMap(({ code, severity }) =>
    /(default|example)-invalid$/.test(code) ? `${severity} ${code}` : [],
  );
};

it.each([
  ['{ type: integer, example: many }', '/components/schemas/Quantity/example'],
  ['{ type: string, example: [many] }', '/components/schemas/Quantity/example'],
  [
    '{ type: object, properties: { a: { type: integer } }, example: { a: b } }',
    '/components/schemas/Quantity/example/a',
  ],
])('an OpenAPI example, which is ignored, is warned of where it stands: %s', (schema, pointer) => {
  const text = `asyncapi: 3.0.0\ninfo: { title: T, version: 1.0.0 }\ncomponents: { schemas: { Quantity: ${schema} } }\n`;
  const { workspace } = load(memoryReader({ 'a.asyncapi.yaml': text }));
  const invalid = lint(workspace).filter(({ code }) => code === 'schema/example-invalid');
  expect(invalid.map(({ severity, at }) => `${severity} ${at.pointer}`)).toEqual([`warning ${pointer}`]);
});

it.each([
  ['{ type: integer, default: many }', 'error schema/default-invalid'],
  ['{ type: integer, examples: [many] }', 'error schema/example-invalid'],
  ['{ properties: { of: { type: integer, default: many } } }', 'warning schema/default-invalid'],
  ['{ items: { type: integer, examples: [many] } }', 'warning schema/example-invalid'],
])('%s is worth one finding: %s', (schema, finding) => {
  expect(found(schema)).toEqual([finding]);
});
