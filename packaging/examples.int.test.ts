import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

/** The projects in examples/, each copied elsewhere, with the packed packages installed, as a reader would try it. */
const repo = join(import.meta.dirname, '..');
const work = mkdtempSync(join(tmpdir(), 'chirograph-examples-'));
const tarballs = () => globSync(join(work, 'packs/*.tgz'));
const run = (folder: string, command: string, ...args: readonly string[]) => {
  const path = `${join(folder, 'node_modules/.bin')}:${process.env.PATH}`;
  const env = { DATABASE_URL: 'postgres://root@127.0.0.1:5432/test', ...process.env, PATH: path };
  const { stdout, stderr, status } = spawnSync(command, args, { cwd: folder, encoding: 'utf8', env });
  return { output: stdout + stderr, status };
};

const succeed = (folder: string, command: string, ...args: readonly string[]) => {
  const { output, status } = run(folder, command, ...args);
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} exits with ${status}:\n${output}`);
};

beforeAll(() => {
  const packs = join(work, 'packs');
  execFileSync('node', [join(repo, 'packaging/build.ts')], { cwd: repo, stdio: 'inherit' });
  mkdirSync(packs);
  for (const folder of globSync('dist/*/', { cwd: repo }))
    execFileSync('npm', ['pack', '--silent', '--pack-destination', packs], { cwd: join(repo, folder) });
}, 300_000);
afterAll(() => rmSync(work, { recursive: true }));

/** Copies an example and installs what it depends on. */
function install(name: string): string {
  const project = join(work, name);
  cpSync(join(repo, 'examples', name), project, { recursive: true });
  // The examples run on the Node that the tests run on, not on whichever is first on the path.
  const node = `node-linux-${process.arch}@${process.versions.node}`;
  execFileSync('npm', ['install', '--silent', '--no-audit', ...tarballs(), node], { cwd: project });
  return project;
}

describe('examples', () => {
  it('orders-service: an order becomes a shipment on PostgreSQL and NATS', { timeout: 300_000 }, () => {
    const project = install('orders-service');
    succeed(project, 'chirograph', 'validate');
    succeed(project, 'npm', 'test');
  });

  it('generator-plugin: writes a file that compiles', { timeout: 300_000 }, () => {
    succeed(install('generator-plugin'), 'npm', 'test');
  });

  it('contracts-only: valid, and a break fails with the service that it breaks', { timeout: 300_000 }, () => {
    const project = install('contracts-only');
    succeed(project, 'npm', 'test');
    const git = (...args: readonly string[]) =>
      execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...args], { cwd: project });
    git('init', '--quiet', '--initial-branch', 'main');
    git('add', '.');
    git('commit', '--quiet', '--message', 'contracts');
    succeed(project, 'chirograph', 'compat', '--against', 'main');
    const file = join(project, 'specs/shop/orders.asyncapi.yaml');
    writeFileSync(file, readFileSync(file, 'utf8').replace(', customer, totalCents]', ', totalCents]'));
    expect(run(project, 'chirograph', 'compat', '--against', 'main')).toMatchObject({
      status: 1,
      output: expect.stringContaining('shipping'),
    });
    succeed(project, 'chirograph', 'catalog', 'build');
  });
});
