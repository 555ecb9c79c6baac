import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';

/** What somebody has who writes an adapter outside this repository: the packed packages, and a runner of their own. */
const repo = join(import.meta.dirname, '..');
const project = mkdtempSync(join(tmpdir(), 'chirograph-adapter-'));
afterAll(() => rmSync(project, { recursive: true }));

const CONFIG = `export default { test: { include: ['*.test.mjs'], testTimeout: 60_000 } };`;

const TEST = `
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeBroker } from '@chirograph/conformance/broker';
import { describeStore } from '@chirograph/conformance/store';
import { memoryBroker } from '@chirograph/runtime/memory';
import { sqliteStore } from '@chirograph/runtime/sqlite';

const no = { not: 'it lives in one process' };
const features = {
  deduplicates: no, batches: true, history: no, limitsSize: no, refusesUnknownChannels: no,
  parallelKeys: true, membersDie: no, survivesKill: no,
};
describeBroker('theirs', features, async () => {
  const inner = memoryBroker({ redeliveryDelay: 0, onFault: () => undefined });
  const broker = process.env.LOSES
    ? { ...inner, publish: (messages, options) => inner.publish(messages.slice(0, 1), options) }
    : inner;
  return { broker, another: async () => broker, killAndRestart: async () => undefined, close: () => inner.close() };
});
if (!process.env.LOSES) describeStore('theirs', { manyWriters: no }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'theirs-'));
  let ahead = 0;
  const all = [];
  const open = () => {
    const store = sqliteStore({ file: join(folder, 'store.db'), now: () => Date.now() + ahead });
    all.push(store);
    return store;
  };
  return {
    store: open(),
    another: async () => open(),
    pass: async (ms) => { ahead += ms; },
    async close() {
      await Promise.all(all.map((store) => store.close()));
      rmSync(folder, { recursive: true });
    },
  };
});
`;

beforeAll(() => {
  execFileSync('node', [join(repo, 'packaging/build.ts')], { cwd: repo, stdio: 'inherit' });
  for (const name of ['runtime', 'conformance'])
    execFileSync('npm', ['pack', '--silent', '--pack-destination', project], {
      cwd: join(repo, 'dist', name),
    });
  writeFileSync(join(project, 'package.json'), '{ "private": true, "type": "module" }');
  writeFileSync(join(project, 'vitest.config.js'), CONFIG);
  writeFileSync(join(project, 'theirs.test.mjs'), TEST);
  const tarballs = readdirSync(project).filter((it) => it.endsWith('.tgz'));
  execFileSync('npm', ['install', '--silent', '--no-audit', ...tarballs.map((it) => `./${it}`), 'vitest@4'], {
    cwd: project,
  });
}, 300_000);

function run(env: NodeJS.ProcessEnv, ...args: readonly string[]) {
  const { VITEST: _, ...own } = process.env;
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    ['node_modules/vitest/vitest.mjs', 'run', ...args],
    {
      cwd: project,
      encoding: 'utf8',
      env: { ...own, ...env, NO_COLOR: '1' },
    },
  );
  return { output: stdout + stderr, status };
}

it('runs the suites on an adapter from outside, and finds one that loses messages', {
  timeout: 240_000,
}, () => {
  const whole = run({});
  expect(whole.output).toMatch(/Tests +\d+ passed/);
  expect(whole.status).toBe(0);
  const lossy = run({ LOSES: '1' }, '-t', 'to every group');
  expect(lossy.output).toContain('delivers each message to every group');
  expect(lossy.status).toBe(1);
});
