import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { sqliteStore } from '../sqlite/index.ts';

interface Running {
  readonly child: ChildProcess;
  readonly file: string;
  /** All that it has printed so far. */
  readonly printed: () => string;
  /** Its exit code, or the signal that it died of. */
  readonly ended: Promise<unknown>;
}

/** Runs the fixture until its handler waits. */
async function running(how: string): Promise<Running> {
  const folder = await mkdtemp(join(tmpdir(), 'chirograph-signals-'));
  const file = join(folder, 'loyalty.db');
  const child = spawn(process.execPath, [join(import.meta.dirname, 'signals-fixture.ts'), file, how], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = once(child, 'exit').then(([code, signal]) => code ?? signal);
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await ended;
    await rm(folder, { recursive: true });
  });
  let printed = '';
  const ready = Promise.withResolvers<void>();
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text) => {
      printed += text;
      if (printed.includes('ready')) ready.resolve();
    });
  await Promise.race([
    ready.promise,
    ended.then((code) => Promise.reject(new Error(`ended with ${code}: ${printed}`))),
  ]);
  return { child, file, printed: () => printed, ended };
}

/** Whether anything of the handler's is in the store, and how much waits in the outbox. */
async function left(file: string): Promise<unknown> {
  await using store = sqliteStore({ file });
  return store.read(async (tx) => ({
    seen: await tx.documents('seen').get('a'),
    unsent: (await tx.outbox.depth()).count,
  }));
}

describe('a service told to end', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)(
    'undoes what has not ended at %s, closes and exits with 0',
    async (signal) => {
      const { child, file, printed, ended } = await running('polite');
      child.kill(signal);
      expect(await ended).toBe(0);
      expect(printed()).toContain('closed');
      expect(await left(file)).toEqual({ seen: undefined, unsent: 1 });
    },
  );

  it('ends a process that something keeps alive, with exit code 1', async () => {
    const { child, file, printed, ended } = await running('deaf');
    child.kill('SIGTERM');
    expect(await ended).toBe(1);
    expect(printed()).toContain('SIGTERM: the process is ended');
    expect(await left(file)).toEqual({ seen: undefined, unsent: 1 });
  });

  it('ends at once at a second signal', async () => {
    const { child, file, printed, ended } = await running('deaf');
    child.kill('SIGTERM');
    child.kill('SIGINT');
    expect([128 + 2, 128 + 15]).toContain(await ended);
    expect(printed()).not.toContain('the process is ended');
    expect(await left(file)).toEqual({ seen: undefined, unsent: 1 });
  });
});
