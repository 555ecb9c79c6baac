import { readFileSync } from 'node:fs';
import { load, memoryReader } from '@chirograph/contract/load';
import { dump, load as parseYaml } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { generate } from './index.ts';

const FILE = 'specs/orders/orders.asyncapi.yaml';
const text = readFileSync(new URL('./fixtures/orders/orders.asyncapi.yaml', import.meta.url), 'utf8');

const generated = async (contract: string, importExtension: '.ts' | '.js' = '.ts') => {
  const { workspace, diagnostics } = load(memoryReader({ [FILE]: contract }));
  expect(diagnostics).toEqual([]);
  return generate(workspace, { importExtension });
};

/** The goldens are part of the repo's own type check. Bring them up to date with `vitest run generators -u`. */
describe('generate', async () => {
  const files = await generated(text);

  it.each(files.map((file) => [file.path, file.text] as const))('writes %s as before', async (path, now) => {
    await expect(now).toMatchFileSnapshot(`golden/${path}`);
  });

  it('writes the same bytes whatever the order of the contract', async () => {
    const reversed = dump(reverseNodes(parseYaml(text)));
    expect(await generated(reversed)).toEqual(files);
  });

  it('ends relative imports as asked', async () => {
    const compiled = await generated(text, '.js');
    for (const file of compiled) expect(file.text).not.toMatch(/from '\.[^']*\.ts'/);
    expect(compiled.map((it) => it.path)).toEqual(files.map((it) => it.path));
  });

  it('names no type `any` and leaves no line with trailing space', () => {
    for (const file of files) {
      if (!file.path.endsWith('validators.ts')) expect(file.text).not.toMatch(/\bany\b/);
      expect(file.text).not.toMatch(/[ \t]\n/);
      expect(file.text.endsWith('\n')).toBe(true);
    }
  });
});

/** Turns the order of channels, operations, messages and schemas around; the order within a message is its own. */
function reverseNodes(document: unknown, depth = 0): unknown {
  if (typeof document !== 'object' || document === null || Array.isArray(document)) return document;
  const entries = Object.entries(document);
  const [key] = entries[0] ?? [];
  const isContainer = depth < 2 || key === 'OrderPlaced' || key === 'Meta';
  if (!isContainer) return document;
  return Object.fromEntries(entries.reverse().map(([name, value]) => [name, reverseNodes(value, depth + 1)]));
}
