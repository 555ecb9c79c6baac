/**
 * Builds librdkafka's mock cluster for the tests of the Kafka adapter: `node runtime/conformance/kafka/build.ts`. librdkafka lies as source in
 * the npm package of Confluent's client, which is not installed for it: its native build is large, and only a part is needed. Takes a minute or two, once.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const PACKAGE = '@confluentinc/kafka-javascript@1.10.1';
const INTEGRITY =
  'sha512-KVePUBn21EqCVP9mfxzEuM3SYJHHEF7X+iiC2e43QQgDSyEaksInmCGooT3w5q+cNAdkSCrK71j0ICfqoSqZLw==';

const program = fileURLToPath(new URL('cluster.c', import.meta.url));
const source = createHash('sha256')
  .update(readFileSync(program))
  .update(INTEGRITY)
  .digest('hex')
  .slice(0, 12);

/** Where the program lies once it is built, for all checkouts; another one for another source. */
export const binary = join(
  process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'),
  'chirograph',
  `kafka-cluster-${source}`,
);

function build(): void {
  if (existsSync(binary)) return void console.log(`${binary} is there`);
  const folder = mkdtempSync(join(tmpdir(), 'kafka-cluster-'));
  try {
    const library = unpackLibrary(folder);
    const features = ['ssl', 'gssapi', 'curl', 'zstd', 'lz4-ext', 'debug-symbols'].map(
      (it) => `--disable-${it}`,
    );
    run('./configure', features, library);
    run('make', ['-C', 'src', '-j2', 'librdkafka.a'], library);
    const built = join(folder, 'kafka-cluster');
    const objects = [join(library, 'src/librdkafka.a'), '-lz', '-lm', '-lpthread', '-ldl'];
    run('cc', ['-O1', program, '-I', join(library, 'src'), ...objects, '-o', built], folder);
    mkdirSync(join(binary, '..'), { recursive: true });
    // Whole or not at all, also when two build at once.
    copyFileSync(built, `${binary}.${process.pid}`);
    renameSync(`${binary}.${process.pid}`, binary);
    console.log(`built ${binary}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function unpackLibrary(folder: string): string {
  const [packed] = JSON.parse(run('npm', ['pack', PACKAGE, '--json', '--silent'], folder)) as {
    filename: string;
  }[];
  const file = join(folder, packed?.filename.replace('@', '').replace('/', '-') ?? '');
  const hash = `sha512-${createHash('sha512').update(readFileSync(file)).digest('base64')}`;
  if (hash !== INTEGRITY) throw new Error(`${PACKAGE} is not what it was: ${hash}`);
  run('tar', ['xzf', file], folder);
  return join(folder, 'package/deps/librdkafka');
}

function run(command: string, args: readonly string[], cwd: string): string {
  const { status, error, stdout, stderr } = spawnSync(command, args, {
    cwd,
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  });
  if (error) throw new Error(`${command} could not be run: ${error.message}`);
  if (status !== 0)
    throw new Error(
      `${command} ${args.join(' ')} failed:\n${`${stdout}\n${stderr}`.trim().split('\n').slice(-20).join('\n')}`,
    );
  return stdout;
}

if (import.meta.main) build();
