import { execFileSync, spawnSync } from 'node:child_process';
import {
  cpSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

/**
 * What a user gets: the packages, packed and installed into a project of its own, on the oldest Node that they promise
 * to run on and on the newest.
 */
const repo = join(import.meta.dirname, '..');
const packs = mkdtempSync(join(tmpdir(), 'chirograph-packs-'));
afterAll(() => rmSync(packs, { recursive: true }));

beforeAll(() => {
  execFileSync('node', [join(repo, 'packaging/build.ts')], { cwd: repo, stdio: 'inherit' });
  for (const folder of globSync('dist/*', { cwd: repo })) {
    execFileSync('npm', ['pack', '--silent', '--pack-destination', packs], { cwd: join(repo, folder) });
  }
}, 300_000);

const CONFIG = `import { defineConfig } from 'chirograph';
export default defineConfig({ importExtension: '.js' });
`;

describe.each(['22.13.0', '24.21.0'])('installed on Node %s', (version) => {
  const project = mkdtempSync(join(tmpdir(), 'chirograph-project-'));
  afterAll(() => rmSync(project, { recursive: true }));

  const run = (command: string, ...args: readonly string[]) => {
    const path = `${join(project, 'node_modules/.bin')}:${process.env.PATH}`;
    const { stdout, stderr, status } = spawnSync(join(project, 'node_modules/.bin', command), args, {
      cwd: project,
      encoding: 'utf8',
      env: { ...process.env, PATH: path },
    });
    return { output: stdout + stderr, status };
  };

  beforeAll(() => {
    const manifest = {
      name: 'user',
      private: true,
      type: 'module',
      devDependencies: { typescript: '7.0.2' },
    };
    writeFileSync(join(project, 'package.json'), JSON.stringify(manifest));
    writeFileSync(join(project, 'chirograph.config.mjs'), CONFIG);
    mkdirSync(join(project, 'specs'));
    cpSync(join(repo, 'generators/fixtures/orders'), join(project, 'specs/orders'), { recursive: true });
    // The suites for adapters bring a test runner with them: see conformance.int.test.ts.
    const tarballs = globSync(join(packs, '*.tgz')).filter((it) => !it.includes('conformance'));
    execFileSync('npm', ['install', '--silent', ...tarballs, `node-linux-${process.arch}@${version}`], {
      cwd: project,
    });
  }, 300_000);

  it('runs on that Node', () => {
    expect(run('node', '--version').output.trim()).toBe(`v${version}`);
    expect(run('chirograph', '--version')).toEqual({ output: `${ownVersion()}\n`, status: 0 });
  });

  it('says nothing on standard error: no warning of what is experimental in this Node', () => {
    const bin = join(project, 'node_modules/.bin');
    for (const args of [['--version'], ['--help'], ['validate'], ['list']]) {
      const { stderr, status } = spawnSync(join(bin, 'node'), [join(bin, 'chirograph'), ...args], {
        cwd: project,
        encoding: 'utf8',
      });
      expect({ args, stderr, status }).toEqual({ args, stderr: '', status: 0 });
    }
  });

  it('validates, generates, and what it generated compiles and runs', () => {
    expect(run('chirograph', 'validate', '--format', 'json').status).toBe(0);
    expect(run('chirograph', 'generate')).toMatchObject({ status: 0 });
    expect(run('chirograph', 'generate', '--check')).toMatchObject({ status: 0 });
    expect(
      run('tsc', '--outDir', 'out', '--target', 'es2022', '--module', 'nodenext', '--strict', ...sources()),
    ).toEqual({
      output: '',
      status: 0,
    });
    writeFileSync(join(project, 'sample.mjs'), SAMPLE);
    expect(run('node', 'sample.mjs')).toMatchObject({ output: 'true\n', status: 0 });
  });

  it('is small: under 25 MB with all that it needs', () => {
    const own = ['node-linux-', 'typescript', '@typescript', '.bin'];
    const files = globSync('node_modules/**/*', { cwd: project }).filter(
      (file) => !own.some((name) => file.startsWith(`node_modules/${name}`)),
    );
    const bytes = files.reduce((sum, file) => sum + fileSize(join(project, file)), 0);
    console.log(`installed: ${(bytes / 1e6).toFixed(1)} MB`);
    expect(bytes).toBeLessThan(25e6);
  });

  const sources = () => globSync('generated/**/*.ts', { cwd: project });
});

const SAMPLE = `import { orderPlaced } from './out/samples.js';
import { isOrderPlaced } from './out/validators.js';
console.log(isOrderPlaced(orderPlaced.sample()));
`;

function fileSize(file: string): number {
  const stat = statSync(file);
  return stat.isFile() ? stat.size : 0;
}

function ownVersion(): string {
  return JSON.parse(readFileSync(join(repo, 'cli/package.json'), 'utf8')).version;
}
