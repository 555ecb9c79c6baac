import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { main } from '../main.ts';
import { memoryIo } from '../memory-io.ts';

/** `publish` is what the author of the document does: the team reads AsyncAPI 2 the other way round. */
const document = (title: string, verb: 'publish' | 'subscribe', required: string) => `asyncapi: 2.6.0
info: { title: ${title}, version: 1.0.0 }
channels:
  orders:
    ${verb}:
      message:
        name: order.placed
        payload: { type: object, required: [${required}], properties: { id: { type: string }, vat: { type: number } } }
`;

const READER = `asyncapi: 3.0.0
info: { title: Mail, version: 1.0.0 }
channels:
  orders: { address: orders, messages: { OrderPlaced: { name: order.placed, payload: { type: object, required: [id] } } } }
operations: { onOrder: { action: receive, channel: { $ref: '#/channels/orders' } } }
`;

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'chirograph-perspective-'));
  for (const state of ['base', '.']) {
    write(`${state}/specs/old/orders.yaml`, document('Orders', 'publish', 'id'));
    write(`${state}/specs/old/billing.yaml`, document('Billing', 'subscribe', 'id'));
    write(`${state}/specs/new/mail.yaml`, READER);
  }
});
afterEach(() => rmSync(root, { recursive: true }));

const CONFIGS: readonly (readonly [string, object])[] = [
  ['a domain', { domains: { old: { perspective: 'client' } } }],
  ['a folder', { documents: { './specs/old/': { perspective: 'client' } } }],
  ['a pattern', { documents: { 'specs/old/*.yaml': { perspective: 'client' } } }],
];

it.each(CONFIGS)('of %s: what is published is sent', async (_, config) => {
  expect((await run('list')).out).toContain('billing -> mail, orders');
  configure(config);
  expect((await run('list')).out).toContain('orders -> mail, billing');
});

it('of one document leaves the others as the standard has them', async () => {
  configure({ documents: { 'specs/old/orders.yaml': { perspective: 'client' } } });
  expect((await run('list')).out).toContain('billing, orders -> mail');
});

it('is named where a verdict hangs on it', async () => {
  configure({ domains: { old: { perspective: 'client' } } });
  write('specs/old/orders.yaml', document('Orders', 'publish', ''));
  const compared = await run('compat', '--against', 'base');
  expect(compared.code).toBe(1);
  expect(compared.out).toContain("specs/old/orders.yaml are read from the client's side (perspective)");
  expect(compared.out).toMatch(/billing +specs/);
  expect((await run('why', 'order.placed', 'mail')).out).toContain(
    "specs/old/orders.yaml is read from the client's side (perspective): `publish` is what it sends.",
  );
  const validated = await run('validate');
  expect(validated.out).toContain('reader-needs-more');
  expect(validated.out).toContain("read from the client's side");
});

it.each(
  [
    ['compat', '--against', 'base'],
    ['validate'],
    ['validate', 'specs/new/mail.yaml'],
    ['list'],
    ['why', 'order.placed'],
    ['generate', '--check'],
    ['catalog', 'build'],
    ['mock'],
  ].map((command) => [command.join(' '), command] as const),
)('of a document that is not there is refused by %s', async (_, command) => {
  for (const path of ['specs/old/order.yaml', 'specs/odl', 'specs/old/*.yml']) {
    configure({ documents: { [path]: { perspective: 'client' } } });
    const { code, err } = await run(...command);
    expect(code).toBe(2);
    expect(err).toContain(`there is no document at \`${path}\``);
  }
  configure({ documents: { 'specs/old/order.yaml': { perspective: 'client' } } });
  expect((await run(...command)).err).toContain('did you mean `specs/old/orders.yaml`?');
});

it('of a document that went with the change is no fault of the comparison', async () => {
  rmSync(join(root, 'specs/old/orders.yaml'));
  configure({ documents: { 'specs/old/orders.yaml': { perspective: 'client' } } });
  expect((await run('compat', '--against', 'base')).err).toBe('');
});

it('that is none is refused', async () => {
  configure({ domains: { old: { perspective: 'server' } } });
  expect(await run('list')).toMatchObject({ code: 2, err: expect.stringContaining('perspective') });
});

async function run(...args: readonly string[]) {
  const io = memoryIo(root);
  const code = await main(args, io);
  return { code, out: io.printed(), err: io.said() };
}

function configure(config: object): void {
  write('chirograph.config.json', JSON.stringify(config));
}

function write(file: string, text: string): void {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), text);
}
