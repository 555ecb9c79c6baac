import { readdirSync, readFileSync } from 'node:fs';
import { load, memoryReader } from '@chirograph/contract/load';
import { dump, load as parseYaml } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { generate } from './index.ts';

/** The fixtures of a domain, each file under the path that the goldens name as their source. */
function fixtures(domain: string): Record<string, string> {
  const folder = new URL(`./fixtures/${domain}/`, import.meta.url);
  return Object.fromEntries(
    readdirSync(folder).map((name) => [
      `specs/${domain}/${name}`,
      readFileSync(new URL(name, folder), 'utf8'),
    ]),
  );
}

const ORDERS = 'specs/orders/orders.asyncapi.yaml';
const all = { ...fixtures('orders'), ...fixtures('warehouse') };

const generated = async (files: Record<string, string>, importExtension: '.ts' | '.js' = '.ts') => {
  const { workspace, diagnostics } = load(memoryReader(files));
  expect(diagnostics).toEqual([]);
  return generate(workspace, { importExtension });
};

/** The goldens are part of the repo's own type check. Bring them up to date with `vitest run generators -u`. */
describe('generate', async () => {
  const files = await generated(all);

  it.each(files.map((file) => [file.path, file.text] as const))('writes %s as before', async (path, now) => {
    await expect(now).toMatchFileSnapshot(`golden/${path}`);
  });

  it('writes the same bytes whatever the order of the contract', async () => {
    const reversed = dump(reverseNodes(parseYaml(all[ORDERS] ?? '')));
    expect(await generated({ ...all, [ORDERS]: reversed })).toEqual(files);
  });

  it('ends relative imports as asked', async () => {
    const compiled = await generated(all, '.js');
    for (const file of compiled) expect(file.text).not.toMatch(/from '\.[^']*\.ts'/);
    expect(compiled.map((it) => it.path)).toEqual(files.map((it) => it.path));
  });

  it('calls validators by names of any script', async () => {
    const contract = [
      'asyncapi: 3.0.0',
      'info: { title: Maße, version: 1.0.0 }',
      "channels: { c: { address: c, messages: { Größe: { payload: { $ref: 'types.yaml#/Länge' } } } } }",
      "operations: { send: { action: send, channel: { $ref: '#/channels/c' } } }",
    ];
    const made = await generated({
      'specs/maße/maße.asyncapi.yaml': contract.join('\n'),
      'specs/maße/types.yaml': "Länge: { type: object, properties: { um: { $ref: '#/Länge' } } }",
    });
    const text = made.find(({ path }) => path.endsWith('validators.ts'))?.text ?? '';
    expect(text).toMatch(
      /^export const isGröße: .*=\n.* standardValidator\(validate(\p{L}+)\);$[\s\S]*^function validate\1\(/mu,
    );
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
