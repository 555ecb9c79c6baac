import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, globSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

/** The packages are installed by the other package managers too, and the command runs from where each puts it. */
const repo = join(import.meta.dirname, '..');
const folder = mkdtempSync(join(tmpdir(), 'chirograph-managers-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const MANAGERS = {
  pnpm: { version: '12.21.0', install: ['install', '--ignore-scripts', '--no-frozen-lockfile'] },
  yarn: {
    version: '1.22.22',
    install: ['install', '--ignore-scripts', '--non-interactive', '--no-lockfile'],
  },
  bun: { version: '1.4.5', install: ['install', '--ignore-scripts'] },
};

beforeAll(() => {
  execFileSync('node', [join(repo, 'packaging/build.ts')], { cwd: repo, stdio: 'inherit' });
  for (const built of globSync('dist/*', { cwd: repo }))
    execFileSync('npm', ['pack', '--silent', '--pack-destination', folder], { cwd: join(repo, built) });
  const tools = Object.entries(MANAGERS).map(([name, { version }]) => `${name}@${version}`);
  writeFileSync(join(folder, 'package.json'), '{ "private": true }');
  execFileSync('npm', ['install', '--silent', '--no-audit', ...tools], { cwd: folder });
}, 300_000);

describe.each(Object.entries(MANAGERS))('%s', (name, { install }) => {
  it('installs the packages, and validates and generates with them', { timeout: 300_000 }, () => {
    const project = join(folder, `project-${name}`);
    mkdirSync(join(project, 'specs'), { recursive: true });
    cpSync(join(repo, 'generators/fixtures/orders'), join(project, 'specs/orders'), { recursive: true });
    const packed = Object.fromEntries(
      globSync('*.tgz', { cwd: folder })
        // The suites for adapters bring a test runner with them.
        .filter((file) => !file.includes('conformance'))
        .map((file) => [packageOf(file), `file:${join(folder, file)}`]),
    );
    // Nothing is published yet: whatever asks for a package of ours gets the packed one.
    const manifest = { private: true, dependencies: packed, overrides: packed, resolutions: packed };
    writeFileSync(join(project, 'package.json'), JSON.stringify(manifest));
    const overrides = Object.entries(packed).map(([it, file]) => `  '${it}': '${file}'\n`);
    writeFileSync(join(project, 'pnpm-workspace.yaml'), `overrides:\n${overrides.join('')}`);

    expect(run(project, join(folder, 'node_modules/.bin', name), install)).toMatchObject({ status: 0 });
    const command = join(project, 'node_modules/.bin/chirograph');
    expect(run(project, command, ['validate'])).toMatchObject({ status: 0 });
    expect(run(project, command, ['generate'])).toMatchObject({ status: 0 });
  });
});

function packageOf(tarball: string): string {
  const [, scoped, plain] = /^(?:chirograph-([a-z]+)|(chirograph))-\d/.exec(tarball) ?? [];
  return scoped ? `@chirograph/${scoped}` : (plain ?? '');
}

function run(cwd: string, command: string, args: readonly string[]) {
  const { stdout, stderr, status } = spawnSync(command, args, { cwd, encoding: 'utf8' });
  return { output: stdout + stderr, status };
}
