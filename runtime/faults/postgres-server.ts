import { execFile, spawn, spawnSync } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** A PostgreSQL of a test's own, which it may kill. */
export interface PostgresServer {
  readonly url: string;
  /** With SIGKILL, the server and all of its processes. */
  kill(): Promise<void>;
  /** Starts it again after `kill`, with what was in it. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

export interface PostgresServerOptions {
  /** Where its files are; a folder of its own unless told otherwise. */
  readonly folder?: string;
  /** `name=value` */
  readonly settings?: readonly string[];
}

const execute = promisify(execFile);

const INSTALLED = '/usr/lib/postgresql';

export async function startPostgres(options: PostgresServerOptions = {}): Promise<PostgresServer> {
  const { folder = mkdtempSync(join(tmpdir(), 'postgres-')), settings = [] } = options;
  const bin = binaries();
  const port = await freePort();
  const data = join(folder, 'data');
  // The server refuses to run as root.
  const user = process.getuid?.() === 0 ? ids('postgres') : undefined;
  if (user) chownSync(folder, user.uid, user.gid);
  // Not synchronously: other rows run in this process.
  await execute(join(bin, 'initdb'), ['-D', data, '-U', 'test', '-A', 'trust', '-E', 'UTF8', '--no-sync'], {
    ...user,
    cwd: folder,
  });

  function run() {
    const wanted = [
      `port=${port}`,
      'listen_addresses=127.0.0.1',
      `unix_socket_directories=`,
      'max_connections=200',
      ...settings,
    ];
    const args = ['-D', data, ...wanted.flatMap((it) => ['-c', it])];
    // A group of its own, so that all of its processes can be killed.
    return spawn(join(bin, 'postgres'), args, { ...user, cwd: folder, stdio: 'ignore', detached: true });
  }
  let child = run();

  async function kill(): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((done) => child.once('exit', done));
    process.kill(-(child.pid ?? 0), 'SIGKILL');
    await ended;
  }

  async function answers(): Promise<void> {
    for (let left = 600; left > 0; left -= 1) {
      const asked = execute(join(bin, 'pg_isready'), ['-q', '-h', '127.0.0.1', '-p', String(port)]);
      if (
        await asked.then(
          () => true,
          () => false,
        )
      )
        return;
      if (child.exitCode !== null) throw new Error(`PostgreSQL ended with ${child.exitCode}`);
      await new Promise((done) => setTimeout(done, 100));
    }
    throw new Error('PostgreSQL did not answer within a minute');
  }

  await answers();
  return {
    url: `postgres://test@127.0.0.1:${port}/postgres`,
    kill,
    async start() {
      // Those of before may still hold the shared memory for a moment.
      rmSync(join(data, 'postmaster.pid'), { force: true });
      child = run();
      await answers();
    },
    async stop() {
      await kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function binaries(): string {
  const own = spawnSync('pg_config', ['--bindir'], { encoding: 'utf8' });
  if (own.status === 0 && existsSync(join(own.stdout.trim(), 'initdb'))) return own.stdout.trim();
  const versions = existsSync(INSTALLED) ? readdirSync(INSTALLED).sort((a, b) => Number(b) - Number(a)) : [];
  for (const version of versions) {
    const folder = join(INSTALLED, version, 'bin');
    if (existsSync(join(folder, 'initdb'))) return folder;
  }
  throw new Error(`no initdb of PostgreSQL here: neither by pg_config nor in ${INSTALLED}`);
}

function ids(user: string): { readonly uid: number; readonly gid: number } {
  const id = (flag: string) => Number(spawnSync('id', [flag, user], { encoding: 'utf8' }).stdout);
  const [uid, gid] = [id('-u'), id('-g')];
  if (!uid || !gid) throw new Error(`PostgreSQL does not run as root, and there is no user ${user}`);
  return { uid, gid };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  await new Promise((done) => server.close(done));
  return typeof address === 'object' && address ? address.port : 0;
}
