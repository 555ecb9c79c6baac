import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { load, memoryReader } from '@chirograph/contract/load';
import type { Validator } from '@chirograph/runtime/contract';
import type { Samples } from '@chirograph/runtime/samples';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generate } from '../generate.ts';
import { compilerOutput, proofFolder, writeOutput } from '../proof/prove.ts';
import { scopeOf } from '../scope.ts';

const DOCUMENTS = join(import.meta.dirname, 'documents');
const FOLDER = proofFolder('foreign');

/** Its `oneOf` has two branches of which any object of either meets both: nothing is valid, so there are no samples. */
const UNTELLABLE = 'oneof testMessages';

const names = readdirSync(DOCUMENTS).map((it) => it.replace('.yaml', ''));
const { workspace, diagnostics } = load(
  memoryReader(
    Object.fromEntries(
      names.map((it) => [`specs/${it}/asyncapi.yaml`, readFileSync(join(DOCUMENTS, `${it}.yaml`), 'utf8')]),
    ),
  ),
);

describe("other people's documents", { timeout: 120_000 }, () => {
  beforeAll(async () => {
    writeOutput(FOLDER, await generate(workspace, { importExtension: '.ts' }));
    writeOutput(join(FOLDER, 'js'), await generate(workspace, { importExtension: '.js' }));
  });
  afterAll(() => rmSync(FOLDER, { recursive: true, force: true }));

  it('are read: nothing is missing but what stands on the network', () => {
    expect(workspace.domains.map((it) => it.name).sort()).toEqual(names.toSorted());
    expect(new Set(diagnostics.filter((it) => it.severity === 'error').map((it) => it.code))).toEqual(
      new Set(['reference/remote']),
    );
  });

  it('compile under every strict flag, with either extension', () => {
    expect(compilerOutput(FOLDER)).toBe('');
  });

  it.each(names)('%s: the samples are valid', async (domain) => {
    const scope = scopeOf(workspace, domain, { importExtension: '.ts' });
    const file = join(FOLDER, domain, 'samples.ts');
    const samples = existsSync(file) ? await moduleAt<Samples<unknown>>(file) : {};
    const guards = await moduleAt<Validator<unknown>>(join(FOLDER, domain, 'validators.ts'));
    for (const message of scope.messages) {
      if (message.payload === undefined) continue;
      const guard = guards[`is${scope.names.typeOf(message)}`];
      const made = samples[scope.names.valueOf(message)];
      expect(guard).toBeDefined();
      if (`${domain} ${message.key}` === UNTELLABLE) {
        expect(made).toBeUndefined();
        continue;
      }
      for (const sample of made?.list(20) ?? [])
        expect(guard?.(JSON.parse(JSON.stringify(sample)))).toBe(true);
    }
  });
});

async function moduleAt<T>(file: string): Promise<Record<string, T>> {
  return (await import(pathToFileURL(file).href)) as Record<string, T>;
}
