import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';

/** What somebody gets who installs `@chirograph/schema` and nothing else of ours: its README's examples and its benchmark run. */
const repo = join(import.meta.dirname, '..');
const project = mkdtempSync(join(tmpdir(), 'chirograph-schema-'));
afterAll(() => rmSync(project, { recursive: true }));

const node = (...args: readonly string[]) =>
  execFileSync(process.execPath, args, { cwd: project, encoding: 'utf8' });

beforeAll(() => {
  execFileSync('node', [join(repo, 'packaging/build.ts')], { cwd: repo, stdio: 'inherit' });
  const packed = execFileSync('npm', ['pack', '--silent', '--pack-destination', project], {
    cwd: join(repo, 'dist/schema'),
    encoding: 'utf8',
  });
  writeFileSync(join(project, 'package.json'), '{ "name": "user", "private": true, "type": "module" }');
  execFileSync('npm', ['install', '--no-audit', '--no-fund', `./${packed.trim()}`], { cwd: project });
}, 300_000);

const README = readFileSync(join(repo, 'schema/README.md'), 'utf8');
const EXAMPLES = [...README.matchAll(/```ts\n(.*?)```/gs)].map(([, code = '']) => code);

it('has three examples', () => expect(EXAMPLES).toHaveLength(3));

it.each(EXAMPLES)('%s', (code) => {
  const body = code
    .replace(/^(const (\w+) = .*?);? \/\/ => (.*)$/gm, '$1; found.push([$2, $3]);')
    .replace(/^([^\n]*?);? \/\/ => (.*)$/gm, 'found.push([$1, $2]);');
  const file = join(project, 'example.js');
  writeFileSync(file, `const found = [];\n${body}\nconsole.log(JSON.stringify(found));\n`);
  const found: [unknown, unknown][] = JSON.parse(node(file));
  expect(found.length).toBeGreaterThan(0);
  for (const [is, said] of found) expect(is).toEqual(said);
});

it('is scored by the benchmark as the README says', () => {
  for (const path of ['bench/containment.ts', 'schema/containment/fixtures/containment-draft7.jsonl']) {
    expect(README).toContain(path);
    cpSync(join(repo, path), join(project, path.split('/').at(-1) ?? ''));
  }
  const command = /^node containment\.ts .*$/m.exec(README)?.[0] ?? '';
  const said = node(...command.split(' ').slice(1));
  expect(said).toMatch(/^pairs +1287$/m);
  expect(said).toMatch(/^ +false contained +0$/m);
});
