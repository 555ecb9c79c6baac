import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A Redis of a test's own, which it may kill. It keeps what it acknowledges, unless told otherwise. */
export interface RedisServer {
  readonly url: string;
  killAndRestart(): Promise<void>;
  kill(): Promise<void>;
  /** Starts it again, with what it had. */
  start(): Promise<void>;
  /** Stops and continues the process: the connections stay, and nothing is answered. */
  signal(signal: 'SIGSTOP' | 'SIGCONT'): void;
  stop(): Promise<void>;
}

export function redisAvailability():
  | { readonly available: true }
  | { readonly available: false; readonly reason: string } {
  const found = spawnSync('redis-server', ['--version'], { stdio: 'ignore' });
  return found.error ? { available: false, reason: 'there is no redis-server on PATH' } : { available: true };
}

export async function startRedis(settings: readonly string[] = []): Promise<RedisServer> {
  const folder = mkdtempSync(join(tmpdir(), 'redis-'));
  const port = await freePort();
  let server = await launch();

  function launch(): Promise<ChildProcess> {
    const place = ['--bind', '127.0.0.1', '--port', String(port), '--dir', folder];
    const keeping = ['--save', '', '--appendonly', 'yes', '--appendfsync', 'everysec'];
    const child = spawn('redis-server', [...place, ...keeping, ...settings]);
    return new Promise((ready, failed) => {
      let log = '';
      child.stdout.on('data', (chunk: Buffer) => {
        log += chunk.toString();
        if (log.includes('Ready to accept connections')) ready(child);
      });
      child.once('error', failed);
      child.once('exit', () => failed(new Error(`redis-server ended: ${log}`)));
    });
  }

  async function kill(): Promise<void> {
    if (server.exitCode !== null || server.signalCode !== null) return;
    const ended = new Promise((done) => server.once('exit', done));
    server.kill('SIGKILL');
    await ended;
  }

  async function start(): Promise<void> {
    server = await launch();
  }

  return {
    url: `redis://127.0.0.1:${port}`,
    async killAndRestart() {
      await kill();
      await start();
    },
    kill,
    start,
    signal: (signal) => void server.kill(signal),
    async stop() {
      await kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((listening) => probe.listen(0, '127.0.0.1', listening));
  const address = probe.address();
  await new Promise((closed) => probe.close(closed));
  return typeof address === 'object' && address ? address.port : 0;
}
