import { readFileSync } from 'node:fs';
import type { JsonSchema, JsonValue } from '@chirograph/schema';
import fc from 'fast-check';
import { CORPUS, DEFINITIONS } from '../generators/proof/corpus.ts';
import { valuesNear } from '../generators/proof/values-near.ts';

/** The drafts of JSON Schema that are read. */
export const DRAFTS = ['draft-04', 'draft-06', 'draft-07', '2019-09', '2020-12'] as const;

export type Draft = (typeof DRAFTS)[number];

/** A schema as a document of its own, and values to be read by it. */
export interface Group {
  /** `suite/not`, `proof/Formats`: what a row of disagreements names. */
  readonly name: string;
  readonly description: string;
  readonly draft: Draft;
  readonly schema: JsonSchema;
  readonly values: readonly Sample[];
}

export interface Sample {
  readonly description: string;
  readonly value: JsonValue;
  /** What is right, where somebody has said so. */
  readonly valid?: boolean;
}

/** JSON Schema's own test suite for one draft. */
export function suiteOf(draft: Draft): Group[] {
  const file = new URL(`../schema/fixtures/json-schema-test-suite/${draft}.jsonl`, import.meta.url);
  const lines = readFileSync(file, 'utf8').trim().split('\n');
  return lines.map((line) => {
    const { file: name, description, schema, tests } = JSON.parse(line);
    return {
      name: `suite/${name}`,
      description,
      draft,
      schema,
      values: tests.map((it: { description: string; data: JsonValue; valid: boolean }) => ({
        description: it.description,
        value: it.data,
        valid: it.valid,
      })),
    };
  });
}

/** The corpus by which generated code is proved, with values near each of its schemas. */
export function proofOf(draft: Draft): Group[] {
  return CORPUS.filter((it) => (it.dialect ?? 'draft-07') === draft && !refersToItself(it.schema)).map(
    ({ name, schema }) => {
      const own = localised(schema, draft);
      const made = fc.sample(valuesNear(own), { numRuns: 8, seed: 1 });
      const values = made.map((value) => ({ description: JSON.stringify(value), value: plain(value) }));
      return { name: `proof/${name}`, description: 'values near it', draft, schema: own, values };
    },
  );
}

/** Its own place in the document of the corpus is another one here. */
function refersToItself(schema: JsonSchema): boolean {
  return JSON.stringify(schema).includes('#/components/messages/');
}

/** References to `components.schemas` as references within the document. */
function localised(schema: JsonSchema, draft: Draft): JsonSchema {
  const text = JSON.stringify(schema).replaceAll('#/components/schemas/', '#/definitions/');
  const definitions = JSON.parse(
    JSON.stringify(DEFINITIONS).replaceAll('#/components/schemas/', '#/definitions/'),
  );
  const own = JSON.parse(text) as JsonSchema;
  if (typeof own === 'boolean' || !`${text}`.includes('#/definitions/')) return own;
  // Until 2019-09 a reference stands alone.
  const isAlone = '$ref' in own && draft === 'draft-07';
  return { ...(isAlone ? { allOf: [own] } : own), definitions };
}

/** As JSON carries it. */
function plain(value: JsonValue): JsonValue {
  return JSON.parse(JSON.stringify(value)) as JsonValue;
}
