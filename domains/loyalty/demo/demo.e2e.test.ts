import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import type { DomainEvent } from '@chirograph/runtime';
import { sqliteStore } from '@chirograph/runtime/sqlite';
import { expect, it, onTestFinished } from 'vitest';

const main = fileURLToPath(new URL('../../demo.ts', import.meta.url));
const TIMEOUT = { timeout: 30_000 };

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'demo-test-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

async function demo(args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  const { FORCE_COLOR: _, ...own } = process.env;
  const child: ChildProcessByStdio<null, Readable, Readable> = spawn(
    process.execPath,
    [main, 'loyalty', ...args],
    {
      env: { ...own, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: TIMEOUT.timeout,
    },
  );
  const [stdout, stderr, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit'),
  ]);
  return { stdout, stderr, code, lines: stdout.split('\n') };
}

it('tells the story, and leaves nothing behind', TIMEOUT, async () => {
  const TMPDIR = await temporaryFolder();
  const { stdout, stderr, code, lines } = await demo([], { TMPDIR });
  expect(stderr).toBe('');
  expect(code).toBe(0);
  expect(await readdir(TMPDIR)).toEqual([]);

  expect(lines.filter((line) => [...line].length > 100)).toEqual([]);
  expect(stdout).not.toContain('\u001b');
  expect(stdout).not.toContain('…');

  // Each event, in the order of the story, with how often it was published.
  const events = lines.flatMap((line) => /● (\S+ \d\.\d)/.exec(line)?.[1] ?? []);
  expect(events).toEqual([
    'loyalty.program.created 1.0',
    'loyalty.template.used 1.0',
    'loyalty.program.activated 1.0',
    'loyalty.customer.enrolled 1.0',
    'loyalty.points.earned 2.0',
    'loyalty.points.earned 2.0',
    'loyalty.points.earned 1.0',
    'loyalty.points.earned 2.0',
    'loyalty.tier.upgraded 1.0',
    'loyalty.points.redeemed 1.0',
    'loyalty.points.earned 2.0',
    'loyalty.points.expiring 1.0',
    'loyalty.points.expired 1.0',
    'loyalty.program.paused 1.0',
    'loyalty.program.activated 1.0',
    'loyalty.points.earned 2.0',
    'loyalty.points.redeemed 1.0',
  ]);
  for (const service of [
    'analytics',
    'audit',
    'customer',
    'inventory',
    'notification',
    'reward',
    'template',
    'tier',
  ]) {
    expect(stdout).toMatch(new RegExp(`│ +${service} +✓ .* ms`));
  }
  const refusals = lines.flatMap((line) => /✗ refused {2}(\S+)/.exec(line)?.[1] ?? []);
  expect(refusals).toEqual(['already-enrolled', 'insufficient-points', 'program-paused']);

  expect(stdout).toMatch(/try 1: .*\n.*1 s later +✗ try 2: .*\n.*6 s later +✓ .*\(try 3\)/);
  expect(stdout).toMatch(
    /31 s later +✗ try 4: .*given up: dead letter (d-\d+)[\s\S]*redrives \1\.\n.*inventory +✓/,
  );
  expect(lines.filter((line) => line.includes('a duplicate, no effect'))).toHaveLength(4);
  expect(stdout).toMatch(/events\.published +events\.processing_time +events\.failed/);
  expect(stdout).toContain('Everything came out as told');
});

it('colours its output when told to', TIMEOUT, async () => {
  const { stdout, code } = await demo([], { FORCE_COLOR: '1' });
  expect(code).toBe(0);
  expect(stdout).toContain('\u001b[32m✓');
});

it('keeps the store where it is told to, and takes none that exists', TIMEOUT, async () => {
  const file = join(await temporaryFolder(), 'loyalty.db');
  expect((await demo(['--store', file])).code).toBe(0);
  const store = sqliteStore({ file });
  const all = await store.transaction((tx) => tx.events.readAll({ limit: 1_000 }));
  await store.close();
  const enrolled = all.filter(
    ({ event }: { readonly event: DomainEvent }) => event.type === 'CustomerEnrolled',
  );
  expect(enrolled).toHaveLength(1);

  const again = await demo(['--store', file]);
  expect(again.code).toBe(2);
  expect(again.stderr).toContain('exists already');
});

it('explains itself', TIMEOUT, async () => {
  const help = await demo(['--help']);
  expect(help).toMatchObject({ code: 0, stderr: '' });
  expect(help.stdout).toContain('--broker <url>');

  const misuse = await demo(['--brokr', 'x']);
  expect(misuse).toMatchObject({ code: 2, stdout: '' });
  expect(misuse.stderr).toContain("Unknown option '--brokr'");
  expect((await demo(['--broker', '127.0.0.1'])).stderr).toContain('should be a URL');
});

it('says in a sentence that there is no server', TIMEOUT, async () => {
  const { code, stderr } = await demo(['--broker', 'nats://127.0.0.1:1']);
  expect(code).toBe(2);
  expect(stderr.trim().split('\n')).toHaveLength(1);
  expect(stderr).toContain('nats-server -js');
});
