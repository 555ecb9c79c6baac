import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';

/**
 * How long `chirograph generate` takes, whole process, as a shell sees it: our five domains from nothing, unchanged, and
 * with one message changed; then made-up workspaces of growing size. `node bench/generate.ts [runs] [sizes]`.
 *
 * Each figure is the best of the runs (what the work costs) and their median (what the machine made of it).
 */

const REPO = join(import.meta.dirname, '..');
const CLI = join(REPO, 'cli/bin/chirograph.js');
const RUNS = Number(process.argv[2] ?? 5);
const SIZES = (process.argv[3] ?? '500,1000,2500,5000').split(',').map(Number);
/** Has the process tell what it used: microseconds of the processor, and the largest memory it ever held, in KiB. */
const USAGE = `data:text/javascript,process.on('exit',()=>{
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  process.stderr.write('cpu=' + (userCPUTime + systemCPUTime) + ' rss=' + maxRSS);
})`;

interface Figures {
  readonly seconds: number;
  /** Of the processor: steadier than the clock where others work on the machine. */
  readonly work: number;
  readonly mebibytes: number;
}

function generate(root: string): Figures {
  const started = performance.now();
  const run = spawnSync(process.execPath, ['--import', USAGE.replaceAll('\n', ''), CLI, 'generate'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  const seconds = (performance.now() - started) / 1000;
  if (run.status !== 0) throw new Error(`${run.stdout.slice(-2000)}${run.stderr}`);
  const [, work, rss] = /cpu=(\d+) rss=(\d+)/.exec(run.stderr) ?? [];
  return { seconds, work: Number(work) / 1e6, mebibytes: Number(rss) / 1024 };
}

function report(title: string, figures: readonly Figures[]): number {
  const sorted = figures.map((it) => it.seconds).sort((a, b) => a - b);
  const best = sorted[0] ?? 0;
  const median = sorted[Math.floor(sorted.length / 2)] ?? 0;
  const work = Math.min(...figures.map((it) => it.work));
  const memory = Math.max(...figures.map((it) => it.mebibytes));
  console.log(
    `${title.padEnd(36)} best ${best.toFixed(2)} s   median ${median.toFixed(2)} s   processor ${work.toFixed(2)} s   ${memory.toFixed(0)} MiB`,
  );
  return work;
}

function workspace(): string {
  const root = mkdtempSync(join(tmpdir(), 'chirograph-bench-'));
  mkdirSync(join(root, 'node_modules'));
  symlinkSync(join(REPO, 'cli'), join(root, 'node_modules/chirograph'));
  return root;
}

function forget(root: string): void {
  rmSync(join(root, 'generated'), { recursive: true, force: true });
  rmSync(join(root, '.chirograph'), { recursive: true, force: true });
}

function ourDomains(): void {
  const root = workspace();
  cpSync(join(REPO, 'specs'), join(root, 'specs'), { recursive: true });
  const contract = join(root, 'specs/shop/cart.asyncapi.yaml');
  const text = readFileSync(contract, 'utf8');
  const repeat = (prepare: (run: number) => void) =>
    Array.from({ length: RUNS }, (_, run) => {
      prepare(run);
      return generate(root);
    });
  report(
    'five domains, from nothing',
    repeat(() => forget(root)),
  );
  report(
    'five domains, unchanged',
    repeat(() => {}),
  );
  report(
    'five domains, one message changed',
    repeat((run) =>
      writeFileSync(contract, text.replace('type: integer', `type: integer, maximum: ${1000 + run}`)),
    ),
  );
  rmSync(root, { recursive: true });
}

/** A contract of 50 messages, each with an envelope, a nested object, a list and a shared type. */
function madeUp(service: number): string {
  const numbers = Array.from({ length: 50 }, (_, i) => i);
  const ref = (path: string) => `{ $ref: '#/${path}' }`;
  return [
    'asyncapi: 3.1.0',
    `info: { title: Service ${service}, version: 1.0.0, description: Made up. }`,
    'channels:',
    ...numbers.map(
      (i) =>
        `  c${i}: { address: s${service}.c${i}, messages: { M${service}x${i}: ${ref(`components/messages/M${service}x${i}`)} } }`,
    ),
    'operations:',
    ...numbers.flatMap((i) => [
      `  send${i}: { action: send, channel: ${ref(`channels/c${i}`)} }`,
      `  receive${i}: { action: receive, channel: ${ref(`channels/c${i}`)} }`,
    ]),
    'components:',
    '  schemas:',
    '    Money: { type: object, required: [amount, currency], properties: { amount: { type: number, minimum: 0 }, currency: { type: string, pattern: "^[A-Z]{3}$" } } }',
    '    Envelope: { type: object, required: [id, type, version, time, data], properties: { id: { type: string, format: uuid }, type: { type: string }, version: { type: string }, time: { type: string, format: date-time }, data: { type: object } } }',
    '  messages:',
    ...numbers.flatMap((i) => [
      `    M${service}x${i}:`,
      `      name: s${service}.m${i}`,
      '      summary: Something happened.',
      '      x-contract: { version: "1.0", aggregate: Thing, trigger: Something., envelope: { id: /id, type: /type, version: /version, time: /time, data: /data }, identity: [/id] }',
      '      payload:',
      '        allOf:',
      `          - ${ref('components/schemas/Envelope')}`,
      '          - type: object',
      '            properties:',
      `              type: { const: s${service}.m${i} }`,
      "              version: { const: '1.0' }",
      '              data:',
      '                type: object',
      '                required: [orderId, total, lines]',
      '                properties:',
      '                  orderId: { type: string, format: uuid, description: The order. }',
      `                  total: ${ref('components/schemas/Money')}`,
      '                  note: { type: [string, "null"], maxLength: 200 }',
      '                  lines: { type: array, minItems: 1, items: { type: object, required: [sku, quantity], properties: { sku: { type: string }, quantity: { type: integer, minimum: 1 } } } }',
    ]),
    '',
  ].join('\n');
}

function growing(): void {
  for (const messages of SIZES) {
    const root = workspace();
    for (let service = 0; service < messages / 50; service += 1) {
      const folder = join(root, `specs/domain-${Math.floor(service / 4)}`);
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, `service-${service}.asyncapi.yaml`), madeUp(service));
    }
    const work = report(`${messages} messages made up, from nothing`, [generate(root)]);
    console.log(`${''.padEnd(36)} ${((work / messages) * 1000).toFixed(2)} ms of the processor for each`);
    report(`${messages} messages made up, unchanged`, [generate(root)]);
    rmSync(root, { recursive: true });
  }
}

ourDomains();
growing();
