import { spawnSync } from 'node:child_process';
import { existsSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { rolldown } from 'rolldown';
import { apiReport } from './api-report.ts';

/**
 * What is published, checked as others will use it. `npm run check:packages` builds and packs; then
 * - publint and are-the-types-wrong look at each package;
 * - the oldest supported TypeScript compiles a program that imports every entry, with the declarations checked;
 * - the public API is what `api/<package>.md` says (`--update` writes it);
 * - the face that generated code imports is no larger than its budget.
 * Exit code: 0 when all hold, else 1.
 */

const here = import.meta.dirname;
const root = join(here, '../..');
const update = process.argv.includes('--update');

/**
 * Minified bytes of what generated code takes into a browser or a function, without its format checks. Everything that the entry
 * exports counts: 7,000 until payloads of bytes had a codec (bytes-within.ts, codec.ts), which takes 600.
 */
const BUDGETS: Readonly<Record<string, number>> = { '@chirograph/runtime/contract': 8_100 };

let failed = 0;
const folders = globSync('dist/*/package.json', { cwd: root })
  .map((file) => join(root, file, '..'))
  .sort();
if (folders.length === 0) throw new Error('Nothing in dist: run `npm run pack` first.');

for (const folder of folders) {
  const name = basename(folder);
  command(`${name}: publint`, 'publint', [folder, '--strict']);
  const tarball = globSync(`dist/*.tgz`, { cwd: root }).find(
    (file) => tarballName(folder) === basename(file),
  );
  command(`${name}: are the types wrong?`, 'attw', [
    join(root, tarball ?? ''),
    '--profile',
    'esm-only',
    '-q',
  ]);
  report(`${name}: public API`, compareReport(folder, name));
}
report('oldest TypeScript', compileWithOldest());
for (const [entry, budget] of Object.entries(BUDGETS))
  report(`size of ${entry}`, await checkSize(entry, budget));
process.exitCode = failed === 0 ? 0 : 1;

function report(what: string, problem: string | undefined): void {
  if (problem !== undefined) failed += 1;
  console.log(`${problem === undefined ? 'ok    ' : 'FAILED'}  ${what}${problem ? `\n${problem}` : ''}`);
}

function command(what: string, bin: string, args: readonly string[]): void {
  const path = `${join(root, 'node_modules/.bin')}:${process.env.PATH}`;
  const { stdout, stderr, status } = spawnSync(join(here, 'node_modules/.bin', bin), args, {
    encoding: 'utf8',
    env: { ...process.env, PATH: path },
  });
  report(what, status === 0 ? undefined : stdout + stderr);
}

function tarballName(folder: string): string {
  const { name, version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return `${name.replace(/^@/, '').replace('/', '-')}-${version}.tgz`;
}

function compareReport(folder: string, name: string): string | undefined {
  const file = join(here, 'api', `${name}.md`);
  const text = apiReport(folder);
  if (update) {
    mkdirSync(join(here, 'api'), { recursive: true });
    writeFileSync(file, text);
    return undefined;
  }
  if (existsSync(file) && readFileSync(file, 'utf8') === text) return undefined;
  const now = join(mkdtempSync(join(tmpdir(), 'chirograph-api-')), `${name}.md`);
  writeFileSync(now, text);
  const { stdout } = spawnSync('diff', ['-u', file, now], { encoding: 'utf8' });
  return `${stdout.slice(0, 5000)}\nThe public API has changed. Intended? npm run check:packages -- --update`;
}

/**
 * A program that imports every entry, compiled by the oldest TypeScript that the packages promise to work with, our
 * declarations checked as well. Errors in declarations of others' packages are theirs.
 */
function compileWithOldest(): string | undefined {
  const project = mkdtempSync(join(tmpdir(), 'chirograph-oldest-'));
  try {
    const tarballs = globSync('dist/*.tgz', { cwd: root }).map((file) => join(root, file));
    const manifests = folders.map((it) => JSON.parse(readFileSync(join(it, 'package.json'), 'utf8')));
    const own = new Set(manifests.map(({ name }) => name));
    const peers = manifests.flatMap(({ peerDependencies = {} }) =>
      Object.entries(peerDependencies)
        .filter(([name]) => !own.has(name))
        .map(([name, range]) => `${name}@${range}`),
    );
    writeFileSync(join(project, 'package.json'), '{ "private": true, "type": "module" }');
    const install = spawnSync(
      'npm',
      ['install', '--silent', '--no-audit', ...tarballs, ...peers, '@types/node@22', '@types/pg@8'],
      {
        cwd: project,
        encoding: 'utf8',
      },
    );
    if (install.status !== 0) return install.stdout + install.stderr;
    const entries = manifests.flatMap(({ name, exports }) =>
      Object.keys(exports)
        .filter((path) => !/json$|\*/.test(path))
        .map((path) => name + path.slice(1)),
    );
    const text = entries.map((entry, i) => `import * as e${i} from '${entry}';\nvoid e${i};\n`).join('');
    writeFileSync(join(project, 'all.ts'), text);
    const { stdout, status } = spawnSync(
      process.execPath,
      [
        join(here, 'node_modules/typescript-oldest/bin/tsc'),
        ...['--noEmit', '--strict', '--target', 'es2022', '--lib', 'es2022,esnext.disposable'],
        ...['--module', 'nodenext', '--skipLibCheck', 'false', '--types', 'node', 'all.ts'],
      ],
      { cwd: project, encoding: 'utf8' },
    );
    const ours = stdout.split('\n').filter((it) => /^(all\.ts|node_modules\/(@?chirograph)\b)/.test(it));
    if (status === 0 || (status === 2 && ours.length === 0)) return undefined;
    return ours.join('\n').slice(0, 5000) || stdout.slice(0, 5000);
  } finally {
    rmSync(project, { recursive: true });
  }
}

async function checkSize(entry: string, budget: number): Promise<string | undefined> {
  const folder = folders.find((it) => {
    const { name } = JSON.parse(readFileSync(join(it, 'package.json'), 'utf8'));
    return entry === name || entry.startsWith(`${name}/`);
  });
  if (folder === undefined) return `${entry} is not built`;
  const { name, exports } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const input = join(folder, exports[`.${entry.slice(name.length)}`].default);
  const build = await rolldown({ input, external: /^[^./]/ });
  const { output } = await build.generate({ format: 'esm', minify: true });
  const size = output.reduce((sum, it) => sum + (it.type === 'chunk' ? it.code.length : 0), 0);
  console.log(`        ${size} bytes minified, budget ${budget}`);
  return size <= budget ? undefined : `${size} bytes minified; the budget is ${budget}`;
}
