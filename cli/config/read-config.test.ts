import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compileSchema } from '@chirograph/schema/ajv';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { main } from '../main.ts';
import { memoryIo } from '../memory-io.ts';
import { checkConfig } from './check-config.ts';

describe('a config', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'chirograph-config-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it.each([
    [
      '{ spcs: "specs" }',
      'chirograph.config.mjs:1:18: `spcs` is not a key of the config; did you mean `specs`?',
    ],
    ['{\n  specs: 3 }', 'chirograph.config.mjs:2:3: `specs` must be a path or a list of paths'],
    ['{ dates: "date" }', "`dates` must be 'text' or 'Date'"],
    [
      '{\n  domains: {\n    shop: { layut: "service" } } }',
      'chirograph.config.mjs:3:13: `layut` is not a key of the config; did you mean `layout`?',
    ],
    ['{ domains: { shop: { ids: true } } }', "`ids` must be 'text' or 'branded'"],
    ['{\n  specs: nowhere }', 'cannot load chirograph.config.mjs:2:10: nowhere is not defined'],
    ['{\n  specs: "specs",, }', 'cannot load chirograph.config.mjs:2:'],
    ['{ lint: { rules: { "message/no-sender": "off" } } }', 'severities of codes stand under `severities`'],
    ['{ lint: { presets: "strict" } }', 'did you mean `preset`?'],
  ])('%s is refused with a reason', async (config, reason) => {
    writeFileSync(join(folder, 'chirograph.config.mjs'), `export default ${config};\n`);
    const io = memoryIo(folder);
    expect(await main(['validate'], io)).toBe(2);
    expect(io.said()).toContain(reason);
  });

  it.each([
    ['chirograph.config.ts', 'commonjs'],
    ['chirograph.config.mts', 'commonjs'],
    ['chirograph.config.ts', 'module'],
  ])('%s is a module in a project of type %s, with what it imports', (name, type) => {
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ type }));
    writeFileSync(join(folder, 'places.ts'), `export const specs: string = 'contracts';\n`);
    writeFileSync(
      join(folder, name),
      `import { specs } from './places.ts';\nexport default { specs } as { readonly specs: string };\n`,
    );
    const bin = join(import.meta.dirname, '../bin/chirograph.js');
    const { status, stderr } = spawnSync(process.execPath, [bin, 'list'], { cwd: folder, encoding: 'utf8' });
    expect({ status, stderr }).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/^error: there is nothing at contracts\n/),
    });
  });

  it.each([
    [
      '{ "spcs": "specs" }',
      'chirograph.config.json:1:3: `spcs` is not a key of the config; did you mean `specs`?',
    ],
    ['{ "specs": }', 'cannot load chirograph.config.json'],
    ['[]', 'chirograph.config.json is no JSON object'],
    ['{ "$schema": "x", "specs": "nowhere" }', 'there is nothing at nowhere'],
  ])('in JSON, %s is refused with a reason', async (config, reason) => {
    writeFileSync(join(folder, 'chirograph.config.json'), config);
    const io = memoryIo(folder);
    expect(await main(['validate'], io)).toBe(2);
    expect(io.said()).toContain(reason);
  });

  it('has a JSON Schema, which knows the keys that are read', async () => {
    const schema = JSON.parse(readFileSync(join(import.meta.dirname, 'config.schema.json'), 'utf8'));
    const { $schema: _, ...known } = schema.properties;
    expect(Object.keys(EXAMPLES).sort()).toEqual(Object.keys(known).sort());
    for (const key of Object.keys(known)) await checkConfig({ [key]: EXAMPLES[key] }, 'x', '');
    const validate = compileSchema(schema, 'draft-07');
    expect(validate(EXAMPLES)).toBe(true);
    expect(validate({ spcs: 'specs' })).toBe(false);
    expect(validate({ compat: { mode: 'SIDEWAYS' } })).toBe(false);
  });

  it('that names a place without contracts says so', async () => {
    writeFileSync(join(folder, 'chirograph.config.mjs'), 'export default { specs: "." };\n');
    const io = memoryIo(folder);
    expect(await main(['list'], io)).toBe(2);
    expect(io.said()).toContain('there are no contracts at .');
  });
});

/** A value for each key of a config. */
const EXAMPLES: Readonly<Record<string, unknown>> = {
  specs: ['specs'],
  catalog: { title: 'Events', out: 'site', pages: 'guides', releases: ['v1.0.0'] },
  output: 'generated',
  importExtension: '.js',
  layout: 'service',
  dates: 'Date',
  ids: 'branded',
  generators: ['types'],
  domains: { shop: { layout: 'domain', perspective: 'client' } },
  documents: { 'specs/shop/order.yaml': { perspective: 'client' } },
  lint: { preset: 'strict', severities: { 'message/no-example': 'off' }, baseline: 'known.json' },
  remote: ['https://example.com/'],
  neighbours: [{ from: 'vendor/orders' }, { git: 'https://example.com/a.git', ref: 'main', path: 'specs' }],
  compat: { mode: 'FULL', against: 'main', domains: { shop: { mode: 'NONE' } }, deprecationDays: 30 },
};
