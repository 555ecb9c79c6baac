/** A NATS server for the tests of this folder: at `NATS_URL`, or one of our own from `nats-server` on `PATH`. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface NatsServer {
  readonly url: string;
  /** Absent for a server that is not ours to kill. */
  readonly killAndRestart?: () => Promise<void>;
  /** Starts it again at the same place: after `kill` with what was in it, after `stop` with nothing. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** A server of our own. */
export interface OwnNatsServer extends NatsServer {
  readonly pid: number;
  killAndRestart(): Promise<void>;
  /** With SIGKILL. */
  kill(): Promise<void>;
}

/** Whether there is a server to test with, and if not, why. */
export function natsAvailability():
  | { readonly available: true }
  | { readonly available: false; readonly reason: string } {
  if (process.env.NATS_URL) return { available: true };
  const found = spawnSync('nats-server', ['--version']);
  return found.status === 0
    ? { available: true }
    : { available: false, reason: 'NATS_URL is not set and there is no nats-server on PATH' };
}

export async function startNats(): Promise<NatsServer> {
  const { NATS_URL } = process.env;
  if (NATS_URL) return { url: NATS_URL, start: async () => undefined, stop: async () => undefined };
  return startOwnNats();
}

export async function startOwnNats(): Promise<OwnNatsServer> {
  const folder = await mkdtemp(join(tmpdir(), 'nats-'));
  const port = await freePort();
  let server = await launch(port, folder);
  return {
    url: `nats://127.0.0.1:${port}`,
    get pid() {
      return server.pid ?? 0;
    },
    kill: () => kill(server),
    async killAndRestart() {
      await kill(server);
      server = await launch(port, folder);
    },
    async start() {
      server = await launch(port, folder);
    },
    async stop() {
      await kill(server);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function launch(port: number, folder: string): Promise<ChildProcess> {
  const server = spawn('nats-server', ['-js', '-a', '127.0.0.1', '-p', String(port), '-sd', folder]);
  await new Promise<void>((ready, failed) => {
    let log = '';
    server.stderr.on('data', (chunk: Buffer) => {
      log += chunk.toString();
      if (log.includes('Server is ready')) ready();
    });
    server.once('error', failed);
    server.once('exit', () => failed(new Error(`nats-server ended: ${log}`)));
  });
  return server;
}

async function kill(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const ended = new Promise((done) => server.once('exit', done));
  server.kill('SIGKILL');
  await ended;
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((listening) => probe.listen(0, '127.0.0.1', listening));
  const address = probe.address();
  await new Promise((closed) => probe.close(closed));
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}
