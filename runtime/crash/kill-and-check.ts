import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import { sqliteStore } from '../sqlite/index.ts';

const service = fileURLToPath(new URL('ledger-service.ts', import.meta.url));
const KEYS = 5;

export interface KillPlan {
  readonly file: string;
  readonly rounds: number;
  readonly seed: number;
  /** The broker, if it is not the one in memory: NATS URL and prefix. */
  readonly broker?: readonly string[];
  /** Called after each kill, while nothing runs. */
  afterKill?(): Promise<void>;
}

/**
 * Starts the ledger service, kills it with SIGKILL at a moment drawn from the seed, as often as asked; then lets
 * it finish, and checks that each number was noted once and in the order of its key.
 */
export async function killAndCheck({ file, rounds, seed, broker = [], afterKill }: KillPlan): Promise<void> {
  let interrupted = 0;
  for (let round = 0; round < rounds; round++) {
    const child = start(file, seed + round, 'work', broker);
    await ready(child);
    await sleep((Math.imul(seed + round, 2_654_435_761) >>> 0) % 150);
    child.kill('SIGKILL');
    await once(child, 'exit');
    const { sent, mirrored } = await readBooks(file);
    if (mirrored.flat().length < sent) interrupted += 1;
    await afterKill?.();
  }

  const last = start(file, seed, 'finish', broker);
  const [code] = await once(last, 'exit');
  expect(code).toBe(0);
  const { sent, noted, mirrored } = await readBooks(file);
  const wanted = Array.from({ length: KEYS }, (_, key) => numbersOf(key, sent));
  expect(noted).toEqual(wanted);
  expect(mirrored).toEqual(wanted);
  // Else the kills came when there was nothing to lose, and the test shows nothing.
  expect(interrupted).toBeGreaterThan(0);
}

function start(file: string, seed: number, mode: string, broker: readonly string[]): ChildProcess {
  return spawn(process.execPath, [service, file, String(seed), mode, ...broker], {
    stdio: ['ignore', 'pipe', 'inherit'],
    // So that a service which never finishes does not outlive the test.
    timeout: 90_000,
    killSignal: 'SIGKILL',
  });
}

async function ready(child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`the service ended with ${code} before it was ready`);
  });
  ended.catch(() => undefined);
  await Promise.race([once(child.stdout ?? child, 'data'), ended]);
}

async function readBooks(file: string) {
  const store = sqliteStore({ file });
  const books = await store.transaction(async (tx) => {
    const numbers = async (stream: string): Promise<number[][]> => {
      const byKey: number[][] = [];
      for (let key = 0; key < KEYS; key++) {
        const stored = await tx.events.load<{ type: string; number: number }>(`${stream}/k${key}`);
        byKey.push(stored.map(({ event }) => event.number));
      }
      return byKey;
    };
    const sent = (await tx.documents<number>('counts').get('sent')) ?? 0;
    return { sent, noted: await numbers('ledger'), mirrored: await numbers('mirror') };
  });
  await store.close();
  return books;
}

function numbersOf(key: number, sent: number): number[] {
  return Array.from({ length: sent }, (_, index) => index + 1).filter((number) => number % KEYS === key);
}
