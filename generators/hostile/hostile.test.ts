import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { load, memoryReader } from '@chirograph/contract/load';
import { afterAll, describe, expect, it } from 'vitest';
import { generate } from '../generate.ts';
import { GENERATORS_BY_NAME } from '../generators.ts';
import { compilerOutput, proofFolder, writeOutput } from '../proof/prove.ts';
import type { GeneratedFile } from '../source/generator.ts';
import { hostileDocument } from './hostile-document.ts';
import { hostileTexts, INVISIBLE } from './hostile-texts.ts';

/** The program that a contract would run. */
const ran = (globalThis as { ran?: () => void }).ran;

describe('a hostile contract', { timeout: 300_000 }, () => {
  const folders: string[] = [];
  afterAll(() => {
    for (const it of folders) rmSync(it, { recursive: true, force: true });
    Object.assign(globalThis, { ran });
  });

  it('compiles, runs nothing, and puts no control character into a file', async () => {
    let runs = 0;
    Object.assign(globalThis, { ran: () => (runs += 1) });
    for (const [i, files] of (await Promise.all(hostileTexts().map(filesOf))).entries()) {
      for (const { path, text } of files) expect(INVISIBLE.exec(text)?.[0], path).toBe(undefined);
      for (const { path, text } of files) if (path.endsWith('.json')) JSON.parse(text);
      const folder = proofFolder(`hostile-${i}`);
      folders.push(folder);
      writeOutput(folder, files);
      expect(compilerOutput(folder)).toBe('');
      for (const { path } of files)
        if (path.endsWith('.ts')) await import(pathToFileURL(join(folder, path)).href);
    }
    expect(runs).toBe(0);
  });
});

async function filesOf(texts: readonly string[]): Promise<GeneratedFile[]> {
  let n = 0;
  const say = () => `${texts[n % texts.length]}${n++}`;
  const document = JSON.stringify(hostileDocument(say));
  const { workspace } = load(memoryReader({ 'specs/hostile\n;ran();/*/x.asyncapi.json': document }));
  expect(workspace.messages).toHaveLength(3);
  return generate(workspace, { importExtension: '.ts' }, Object.values(GENERATORS_BY_NAME));
}
