import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { load, memoryReader } from '@chirograph/contract/load';
import type { Samples } from '@chirograph/runtime/samples';
import { Ajv, type AnySchema } from 'ajv';
import formats from 'ajv-formats';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contractsOf } from '../../mock/contracts/contracts.ts';
import { sampleOf } from '../../mock/samples/sample.ts';
import { generate } from '../generate.ts';
import { compilerOutput, proofFolder, writeOutput } from '../proof/prove.ts';
import { KEYWORD_CORPUS } from './keyword-corpus.ts';

const FOLDER = proofFolder('keywords');

/** A document with a message for each schema. */
function documentOf(schemas: Readonly<Record<string, unknown>>): string {
  const names = Object.keys(schemas);
  const rows = (row: (name: string) => unknown) => Object.fromEntries(names.map((it) => [it, row(it)]));
  return JSON.stringify({
    asyncapi: '3.1.0',
    info: { title: 'Words', version: '1.0.0' },
    channels: rows((it) => ({ address: it, messages: { [it]: { $ref: `#/components/messages/${it}` } } })),
    operations: rows((it) => ({ action: 'send', channel: { $ref: `#/channels/${it}` } })),
    components: { messages: rows((it) => ({ name: it, payload: schemas[it] })) },
  });
}

describe('samples by every keyword', { timeout: 120_000 }, () => {
  let made: Readonly<Record<string, Samples<unknown>>> = {};
  const { workspace } = load(memoryReader({ 'specs/words/words.asyncapi.json': documentOf(KEYWORD_CORPUS) }));
  const contracts = contractsOf(workspace);
  const idOf = (name: string) => workspace.messages.find((it) => it.name === name)?.id ?? '';

  beforeAll(async () => {
    writeOutput(FOLDER, await generate(workspace, { importExtension: '.ts' }));
    made = await import(/* @vite-ignore */ pathToFileURL(join(FOLDER, 'words/samples.ts')).href);
  }, 120_000);

  afterAll(() => rmSync(FOLDER, { recursive: true, force: true }));

  it.each(Object.entries(KEYWORD_CORPUS))('%s: Ajv accepts each', (name, schema) => {
    const ajv = new Ajv({ strict: false });
    formats.default(ajv);
    const isValid = ajv.compile(schema as AnySchema);
    fc.assert(
      fc.property(fc.nat(2 ** 31), (seed) => {
        const sample = made[name]?.sample(undefined, { seed });
        expect(isValid(sample) || isValid.errors).toBe(true);
        expect(made[name]?.sample(undefined, { seed })).toEqual(sample);
      }),
      { numRuns: 50 },
    );
  });

  it.each(Object.keys(KEYWORD_CORPUS))('%s: a mock draws what the factory makes', (name) => {
    const known = contracts.message(idOf(name));
    fc.assert(
      fc.property(fc.nat(2 ** 31), (seed) => {
        expect(sampleOf(contracts, known, seed).payload).toEqual(made[name]?.sample(undefined, { seed }));
      }),
      { numRuns: 50 },
    );
  });

  it('are of the types that are generated', () => {
    expect(compilerOutput(FOLDER)).toBe('');
  });
});
