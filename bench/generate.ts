/**
 * How long `chirograph generate` takes, whole process, as a shell sees it, as npm installs it: our five domains with every
 * output, from nothing, unchanged, and with one message changed; fifty messages beside AsyncAPI CLI; then made-up
 * workspaces of growing size.
 *
 * node bench/generate.ts [rounds=5] [sizes=500,1000,2500,5000]
 * AsyncAPI CLI is the peer: npm install --prefix <folder> @asyncapi/cli, then ASYNCAPI_CLI=<folder> node bench/generate.ts
 */
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GENERATORS_BY_NAME } from '@chirograph/generators';
import { install } from './installed.ts';
import { ASYNCAPI_HINT, asyncapiCli, inTurns, type Run, ratioOf, runOnce, textOf } from './measure.ts';

const REPO = join(import.meta.dirname, '..');
const ROUNDS = Number(process.argv[2] ?? 5);
const SIZES = (process.argv[3] ?? '500,1000,2500,5000').split(',').map(Number);
const CONFIG = `export default { generators: ${JSON.stringify(Object.keys(GENERATORS_BY_NAME))} };\n`;

const folder = mkdtempSync(join(tmpdir(), 'chirograph-bench-'));
try {
  const installed = install(folder);
  const generate = (root: string) => runOnce(installed, ['generate'], root);
  ourDomains(generate);
  besideAsyncapi(generate);
  growing(generate);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function say(title: string, run: Run | undefined): void {
  if (run) console.log(`${title.padEnd(36)} ${textOf(run)}`);
}

function workspace(name: string): string {
  const root = join(folder, name);
  mkdirSync(root);
  writeFileSync(join(root, 'chirograph.config.mjs'), CONFIG);
  return root;
}

function forget(root: string): void {
  rmSync(join(root, 'generated'), { recursive: true, force: true });
  rmSync(join(root, '.chirograph'), { recursive: true, force: true });
}

function fromNothing(generate: (root: string) => Run, root: string): () => Run {
  return () => {
    forget(root);
    return generate(root);
  };
}

function ourDomains(generate: (root: string) => Run): void {
  const root = workspace('own');
  cpSync(join(REPO, 'specs'), join(root, 'specs'), { recursive: true });
  const [nothing] = inTurns(ROUNDS, fromNothing(generate, root));
  say('five domains, from nothing', nothing);
  const [unchanged] = inTurns(ROUNDS, () => generate(root));
  say('five domains, unchanged', unchanged);
  const change = changing(join(root, 'specs/shop/cart.asyncapi.yaml'));
  const [changed] = inTurns(ROUNDS, () => {
    change();
    return generate(root);
  });
  say('five domains, one message changed', changed);
}

/** Bounds the first integer of a contract elsewhere, each time. */
function changing(contract: string): () => void {
  const text = readFileSync(contract, 'utf8');
  let bound = 1000;
  return () => {
    bound += 1;
    writeFileSync(contract, text.replace('type: integer', `type: integer, maximum: ${bound}`));
  };
}

/** Every output of fifty messages, beside the types alone. */
function besideAsyncapi(generate: (root: string) => Run): void {
  const cli = asyncapiCli();
  if (cli === undefined) {
    console.log(ASYNCAPI_HINT);
    return;
  }
  const root = workspace('fifty');
  mkdirSync(join(root, 'specs'));
  const contract = join(root, 'specs/service.asyncapi.yaml');
  // Of 3.1.0 their generator makes `type Root = any` and no more.
  writeFileSync(contract, madeUp(0, '3.0.0'));
  const models = [
    'generate',
    'models',
    'typescript',
    contract,
    '-o',
    join(root, 'models'),
    '--no-interactive',
  ];
  const [ours, theirs] = inTurns(ROUNDS, fromNothing(generate, root), () => {
    rmSync(join(root, 'models'), { recursive: true, force: true });
    return runOnce(cli, models, root);
  });
  const own = countOf(/^export interface M0x\d+ /gm, join(root, 'generated'));
  // They are called after nothing in the contract.
  const made = countOf(/^(?:export )?(?:class|interface) /gm, join(root, 'models'));
  if (own < 50 || made < 50)
    throw new Error(`not the same work: of 50 messages ours has ${own} types, asyncapi ${made} models`);
  say('50 messages, every output', ours);
  say('50 messages, asyncapi, types alone', theirs);
  if (ours && theirs) console.log(`${''.padEnd(36)} ours takes ${ratioOf(ours, theirs)}`);
}

/** How often something is declared in the TypeScript of a folder. */
function countOf(declaration: RegExp, folder: string): number {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((it) => it.endsWith('.ts'))
    .reduce((sum, it) => sum + (readFileSync(join(folder, it), 'utf8').match(declaration)?.length ?? 0), 0);
}

/** A contract of 50 messages, each with an envelope, a nested object, a list and a shared type. */
function madeUp(service: number, version = '3.1.0'): string {
  const numbers = Array.from({ length: 50 }, (_, i) => i);
  const ref = (path: string) => `{ $ref: '#/${path}' }`;
  return [
    `asyncapi: ${version}`,
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

function growing(generate: (root: string) => Run): void {
  for (const messages of SIZES) {
    const root = workspace(String(messages));
    for (let service = 0; service < messages / 50; service += 1) {
      const domain = join(root, `specs/domain-${Math.floor(service / 4)}`);
      mkdirSync(domain, { recursive: true });
      writeFileSync(join(domain, `service-${service}.asyncapi.yaml`), madeUp(service));
    }
    const run = generate(root);
    say(`${messages} messages made up, from nothing`, run);
    console.log(
      `${''.padEnd(36)} ${((run.processor / messages) * 1000).toFixed(2)} ms of the processor for each`,
    );
    say(`${messages} messages made up, unchanged`, generate(root));
    changing(join(root, 'specs/domain-0/service-0.asyncapi.yaml'))();
    say(`${messages} messages made up, one changed`, generate(root));
    rmSync(root, { recursive: true });
  }
}
