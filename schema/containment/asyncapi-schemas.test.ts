import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, test } from 'vitest';
import type { JsonSchema } from '../keywords/schema.ts';
import { decideContainment } from './decide-containment.ts';

/** AsyncAPI's own meta-schemas: thousands of lines, recursive, with the meta-schema of JSON Schema bundled into them. */
function schemaOf(version: string): JsonSchema {
  const file = createRequire(import.meta.url).resolve(`@asyncapi/specs/schemas/${version}.json`);
  return JSON.parse(readFileSync(file, 'utf8'));
}

test('every document of AsyncAPI 1.0 is one of 1.1, as its schema has it', () => {
  expect(decideContainment(schemaOf('1.0.0'), schemaOf('1.1.0'))).toEqual({ kind: 'contained' });
});

test.each([
  ['2.0.0', '2.6.0'],
  ['3.1.0', '3.0.0'],
])('a document of AsyncAPI %s is none of %s', (sub, sup) => {
  expect(decideContainment(schemaOf(sub), schemaOf(sup))).toMatchObject({
    kind: 'not-contained',
    witness: { asyncapi: sub, info: { title: '', version: '' } },
  });
});
