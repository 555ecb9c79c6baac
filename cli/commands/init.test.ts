import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { main } from '../main.ts';
import { memoryIo } from '../memory-io.ts';

const MODULES = join(import.meta.dirname, '../../node_modules');

describe('chirograph init', () => {
  let root = '';
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'chirograph-init-'));
    symlinkSync(MODULES, join(root, 'node_modules'));
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  async function run(folder: string, ...args: string[]) {
    const io = memoryIo(join(root, folder));
    const code = await main(args, io);
    return { code, out: io.printed(), err: io.said() };
  }
  const textOf = (file: string) => readFileSync(join(root, file), 'utf8');

  it('begins a workspace whose contract is clean, the strictest rules included, and generates', async () => {
    expect(await run('', 'init', 'order-intake')).toMatchObject({ code: 0, err: '' });
    const config = textOf('chirograph.config.ts');
    writeFileSync(
      join(root, 'chirograph.config.ts'),
      config.replace("output: 'generated',", "$& lint: { preset: 'strict' },"),
    );
    const checked = await run('', 'validate', '--format', 'json');
    expect(JSON.parse(checked.out).diagnostics.map((it: { code: string }) => it.code)).toEqual([]);
    expect(checked.code).toBe(0);
    expect(await run('', 'generate')).toMatchObject({ code: 0 });
    expect(readdirSync(join(root, 'generated/order-intake/producers'))).toEqual(['order-intake.ts']);
  });

  it('tells editors of the JSON Schemas, and VS Code where that is asked', async () => {
    await run('', 'init', 'parcels', '--vscode');
    const [, schema = ''] =
      /^# yaml-language-server: \$schema=(\S+)\n/.exec(textOf('specs/parcels/parcels.asyncapi.yaml')) ?? [];
    expect(join('specs/parcels', schema)).toBe('node_modules/chirograph/lib/schemas/contract.schema.json');
    expect(JSON.parse(textOf('.vscode/settings.json'))).toMatchObject({
      'yaml.schemas': { [`./${join('specs/parcels', schema)}`]: 'specs/**/*.asyncapi.yaml' },
    });
    writeFileSync(join(root, '.vscode/settings.json'), '{}');
    expect((await run('', 'init', 'orders', '--vscode')).out).toMatch(/kept {5}\.vscode\/settings\.json/);
    expect(textOf('.vscode/settings.json')).toBe('{}');
  });

  it('leaves what is there, and adds a domain where the config keeps contracts', async () => {
    const config = "export default { specs: 'contracts' };\n";
    writeFileSync(join(root, 'chirograph.config.mjs'), config);
    expect((await run('', 'init', 'parcels')).out).toMatch(
      /^kept {5}chirograph.config.mjs\ncreated {2}contracts\/parcels\/parcels.asyncapi.yaml\n/,
    );
    writeFileSync(join(root, 'contracts/parcels/parcels.asyncapi.yaml'), 'mine');
    await run('', 'init', 'parcels');
    expect(textOf('contracts/parcels/parcels.asyncapi.yaml')).toBe('mine');
    expect(textOf('chirograph.config.mjs')).toBe(config);
  });

  it.each([
    ['', '.ts'],
    ['{ "compilerOptions": { "module": "nodenext" } }', '.js'],
    ['{ "compilerOptions": { /* runs as it is */ "allowImportingTsExtensions": true, }, } // "}"', '.ts'],
    ['{ "extends": "./base.json" }', '.ts'],
    ['{ "extends": ["./base"], "compilerOptions": { "rewriteRelativeImportExtensions": false } }', '.ts'],
    ['{ "extends": "./base", "compilerOptions": { "allowImportingTsExtensions": false } }', '.ts'],
    ['no json', '.js'],
  ])('takes the ending of imports from tsconfig.json: %s', async (tsconfig, ending) => {
    writeFileSync(
      join(root, 'base.json'),
      '{ "compilerOptions": { "allowImportingTsExtensions": true, "rewriteRelativeImportExtensions": true } }',
    );
    if (tsconfig) writeFileSync(join(root, 'tsconfig.json'), tsconfig);
    await run('', 'init');
    expect(textOf('chirograph.config.ts')).toContain(`importExtension: '${ending}'`);
  });

  it('keeps the cache out of git, once', async () => {
    mkdirSync(join(root, '.git'));
    writeFileSync(join(root, '.gitignore'), 'node_modules/');
    const changed = 'changed  .gitignore: .chirograph/';
    expect((await run('', 'init', 'one')).out).toContain(changed);
    expect((await run('', 'init', 'two')).out).not.toContain(changed);
    expect(textOf('.gitignore')).toBe('node_modules/\n.chirograph/\n');
  });

  it.each([
    ['Order Intake', '`Order Intake` is no name for a domain'],
    ['../out', '`../out` is no name for a domain'],
  ])('refuses %s for a name', async (name, said) => {
    const { code, err } = await run('', 'init', name);
    expect(code).toBe(2);
    expect(err).toContain(said);
    expect(readdirSync(root)).toEqual(['node_modules']);
  });

  it('refuses to divide a workspace, and to begin it twice', async () => {
    await run('', 'init');
    mkdirSync(join(root, 'below'));
    expect(await run('below', 'init')).toMatchObject({
      code: 2,
      err: expect.stringContaining('../chirograph.config.ts already makes a workspace'),
    });
    expect((await run('', 'init')).err).toContain('there is a chirograph.config.ts here already');
  });
});

it('says what to install where a config imports what is not there', async () => {
  const root = mkdtempSync(join(tmpdir(), 'chirograph-init-'));
  const io = memoryIo(root);
  writeFileSync(join(root, 'chirograph.config.mjs'), "import '@nobody/knows-this';\nexport default {};\n");
  expect(await main(['validate'], io)).toBe(2);
  expect(io.said()).toContain('npm install --save-dev @nobody/knows-this');
  rmSync(root, { recursive: true });
});
