import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** A RabbitMQ of a test's own, which it may kill. */
export interface RabbitMq {
  readonly url: string;
  /** With SIGKILL. */
  kill(): Promise<void>;
  /** Starts it again after `kill`, with what was in it. */
  start(): Promise<void>;
  killAndRestart(): Promise<void>;
  stop(): Promise<void>;
}

const SERVER = '/usr/lib/rabbitmq/bin/rabbitmq-server';

export function rabbitMqAvailability():
  | { readonly available: true }
  | { readonly available: false; readonly reason: string } {
  const found = spawnSync(SERVER, ['--help'], { stdio: 'ignore' });
  return found.error ? { available: false, reason: `no ${SERVER} here` } : { available: true };
}

export async function startRabbitMq(): Promise<RabbitMq> {
  const folder = mkdtempSync(join(tmpdir(), 'rabbitmq-'));
  const [port, distribution] = [await freePort(), await freePort()];
  writeFileSync(join(folder, 'enabled_plugins'), '[].\n');
  writeFileSync(
    join(folder, 'rabbitmq.conf'),
    `listeners.tcp.default = 127.0.0.1:${port}\nloopback_users = none\n`,
  );
  const env = {
    ...process.env,
    HOME: folder,
    RABBITMQ_NODENAME: `chirograph-${process.pid}-${port}@localhost`,
    RABBITMQ_DIST_PORT: String(distribution),
    RABBITMQ_MNESIA_BASE: join(folder, 'data'),
    RABBITMQ_LOG_BASE: join(folder, 'log'),
    RABBITMQ_LOGS: '-',
    RABBITMQ_CONFIG_FILE: join(folder, 'rabbitmq.conf'),
    RABBITMQ_ENABLED_PLUGINS_FILE: join(folder, 'enabled_plugins'),
    RABBITMQ_PID_FILE: join(folder, 'pid'),
  };
  const run = () => spawn(SERVER, [], { env, stdio: 'ignore', detached: true });
  let child = run();
  await answers(port);

  async function kill(): Promise<void> {
    const ended = new Promise((resolve) => child.once('exit', resolve));
    try {
      process.kill(-(child.pid ?? 0), 'SIGKILL');
    } catch {
      // It has ended already.
    }
    await ended;
  }

  async function start(): Promise<void> {
    child = run();
    await answers(port);
  }

  return {
    url: `amqp://guest:guest@127.0.0.1:${port}`,
    kill,
    start,
    async killAndRestart() {
      // A quorum queue whose name has not reached the disk (3.10 writes names now and then) never comes back.
      await sleep(3_000);
      await kill();
      await start();
    },
    async stop() {
      await kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function answers(port: number): Promise<void> {
  for (let left = 600; ; left -= 1) {
    const open = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => {
        socket.destroy();
        resolve(true);
      });
      socket.on('error', () => resolve(false));
    });
    if (open) return;
    if (left === 0) throw new Error(`RabbitMQ did not open 127.0.0.1:${port} within a minute`);
    await sleep(100);
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  await new Promise((done) => server.close(done));
  return typeof address === 'object' && address ? address.port : 0;
}
