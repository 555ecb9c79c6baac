/**
 * `chirograph validate` beside Redocly CLI and, for one document, AsyncAPI CLI: whole processes from the shell, on the same
 * files, in turns. Ours is the tool as npm installs it; the repository's own source is shown beside it. What counts are the
 * ratios. Then growth up to a thousand documents, and how long a watch takes to report a change in one of them.
 *
 * node bench/validate.ts [rounds=5]
 * Redocly stands in bench/redocly with a lock of its own: npm ci --prefix bench/redocly
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { install, SOURCE } from './installed.ts';
import { writeLargeDocument } from './large-document.ts';
import { ASYNCAPI_HINT, asyncapiCli, inTurns, ratioOf, runOnce, textOf } from './measure.ts';
import { writeWorkspace } from './validate-workspace.ts';

const REDOCLY = fileURLToPath(new URL('redocly/node_modules/@redocly/cli/bin/cli.js', import.meta.url));

const rounds = Number(process.argv[2] ?? 5);
const folder = mkdtempSync(join(tmpdir(), 'chirograph-bench-'));
try {
  const installed = install(folder);
  for (const count of [1, 200]) besidePeers(installed, count);
  for (const count of [10, 100, 1000]) alone(installed, count);
  for (const messages of [1000, 4000]) oneLarge(installed, messages);
  await watching(installed, 1000);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function besidePeers(installed: string, count: number): void {
  const { root, files } = workspaceOf(count);
  const [first = ''] = files;
  const asyncapi = count === 1 ? asyncapiCli() : undefined;
  const peers = [
    ...(existsSync(REDOCLY)
      ? [{ name: 'redocly', script: REDOCLY, args: ['lint', '--extends', 'recommended', ...files] }]
      : []),
    ...(asyncapi === undefined ? [] : [{ name: 'asyncapi', script: asyncapi, args: ['validate', first] }]),
  ];
  const [ours, source, ...others] = inTurns(
    rounds,
    () => runOnce(installed, ['validate', '.'], root),
    () => runOnce(SOURCE, ['validate', '.'], root),
    ...peers.map(
      ({ script, args }) =>
        () =>
          runOnce(script, args, root),
    ),
  );
  if (!ours || !source) return;
  say(`${count} documents`, textOf(ours));
  say('  from source', textOf(source));
  for (const [i, { name }] of peers.entries()) {
    const theirs = others[i]!;
    say(`  ${name}`, textOf(theirs));
    say('', `ours takes ${ratioOf(ours, theirs)}`);
  }
  if (!existsSync(REDOCLY)) say('', 'Redocly is not measured: npm ci --prefix bench/redocly');
  if (count === 1 && asyncapi === undefined) say('', ASYNCAPI_HINT);
}

function alone(installed: string, count: number): void {
  const { root } = workspaceOf(count);
  const [ours] = inTurns(rounds, () => runOnce(installed, ['validate', '.'], root));
  if (ours)
    say(`${count} documents`, `${textOf(ours)}   ${((1000 * ours.processor) / count).toFixed(2)} ms each`);
}

/** One document of many messages, some 2 KB each: 4,000 of them are 8 MB. */
function oneLarge(installed: string, messages: number): void {
  const root = join(folder, `large-${messages}`);
  const bytes = writeLargeDocument(root, messages);
  const [ours] = inTurns(rounds, () => runOnce(installed, ['validate', '.'], root));
  if (ours) say(`${(bytes / 1e6).toFixed(1)} MB in one`, `${textOf(ours)}   ${messages} messages`);
}

/** A change in one of many documents: from the write to the last line of the report. */
async function watching(installed: string, count: number): Promise<void> {
  const { root, files } = workspaceOf(count);
  const file = join(root, files[Math.floor(count / 2)]!);
  const text = readFileSync(file, 'utf8');
  const child = spawn(process.execPath, [installed, 'validate', '.', '--watch'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const report = async () => {
    for (;;) {
      const { value, done } = await lines.next();
      if (done) throw new Error('the watch has ended');
      if (/ files +[\d.]+ s$/.test(value)) return performance.now();
    }
  };
  await report();
  const times: number[] = [];
  for (let n = 0; n < Math.max(rounds, 5) + 1; n += 1) {
    // What was written in the last two seconds is read again each time; a workspace at work is older.
    await new Promise((done) => setTimeout(done, 2100));
    const started = performance.now();
    writeFileSync(file, text.replace('amount: 1250', n % 2 === 0 ? 'amount: a lot' : 'amount: 1300'));
    times.push((await report()) - started);
  }
  child.kill();
  const [first = 0, ...later] = times;
  const median = later.sort((a, b) => a - b)[Math.floor(later.length / 2)] ?? 0;
  say('a change in one', `first ${first.toFixed(0)} ms, then ${median.toFixed(0)} ms of ${count} documents`);
}

function workspaceOf(count: number): { readonly root: string; readonly files: readonly string[] } {
  const root = join(folder, String(count));
  return { root, files: writeWorkspace(root, count) };
}

function say(title: string, text: string): void {
  process.stdout.write(`${title.padEnd(16)} ${text}\n`);
}
