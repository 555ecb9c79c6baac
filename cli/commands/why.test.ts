import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { main } from '../main.ts';
import { memoryIo } from '../memory-io.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'why-'));
});
afterEach(() => rmSync(root, { recursive: true }));

const doc = (action: string, payload: string, address = 'orders', servers = '') => `asyncapi: 3.0.0
info: { title: T, version: 1.4.0 }
${servers}channels:
  c: { address: ${address}, messages: { OrderPlaced: { name: order.placed, payload: ${payload} } } }
operations:
  o: { action: ${action}, channel: { $ref: '#/channels/c' } }
`;

function write(files: Readonly<Record<string, string>>): void {
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }
}

async function run(...args: readonly string[]) {
  const io = memoryIo(root);
  const code = await main(args, io);
  return { code, out: io.printed(), err: io.said() };
}

const ID = '{ type: object, required: [id], properties: { id: { type: string } } }';
const VAT = '{ type: object, required: [vat], properties: { vat: { type: number } } }';

describe('why', () => {
  beforeEach(() =>
    write({
      'specs/shop/orders.asyncapi.yaml': doc('send', ID),
      'specs/billing/invoices.asyncapi.yaml': doc('receive', VAT),
      'specs/billing/audit.asyncapi.yaml': doc('receive', '{ type: object }'),
      'specs/billing/stats.asyncapi.yaml': doc('receive', ID, 'other'),
    }),
  );

  it('says what was held against what, by which policy, and why they meet', async () => {
    const { code, out } = await run('why', 'order.placed');
    expect(code).toBe(1);
    expect(out).toContain(`orders -> invoices   order.placed 1.0
  channel  orders   (specs/shop/orders.asyncapi.yaml:4:6 and specs/billing/invoices.asyncapi.yaml:4:6)
  broker   neither names a server: they may be on one
  message  both call it \`order.placed\`
  policy   writers declared, mode FORWARD (from who sends and receives it)
  payload  specs/shop/orders.asyncapi.yaml:4:81 (sent) in specs/billing/invoices.asyncapi.yaml:4:81 (read): this one may be sent and is refused
`);
    expect(out).toContain("must have required property 'vat'");
    expect(out).toContain('every message that may be sent can be read (proved)');
    expect(out).toContain('orders and stats: they use different addresses: orders and other');
  });

  it('of one service alone, by the key of the message too', async () => {
    const { code, out, err } = await run('why', 'OrderPlaced', 'audit');
    expect([code, err]).toEqual([0, '']);
    expect(out).toContain('orders -> audit');
    expect(out).not.toContain('invoices');
    expect((await run('why', 'OrderPlaced', 'stats')).out).toContain('Nobody meets over `OrderPlaced`');
  });

  it('as JSON', async () => {
    const { out } = await run('why', 'order.placed', 'invoices', '--format', 'json');
    expect(JSON.parse(out)).toMatchObject({
      meetings: [
        {
          sender: { service: 'orders' },
          reader: { service: 'invoices' },
          by: 'name',
          payload: { kind: 'breaks' },
        },
      ],
    });
  });

  it('names brokers that are not the same', async () => {
    const servers = (host: string) => `servers: { s: { host: ${host}, protocol: kafka } }\n`;
    write({
      'specs/shop/orders.asyncapi.yaml': doc('send', ID, 'orders', servers('a.example')),
      'specs/billing/audit.asyncapi.yaml': doc('receive', ID, 'orders', servers('b.example')),
    });
    const { out } = await run('why', 'order.placed', 'audit');
    expect(out).toContain(
      'orders and audit: they are on different brokers: kafka a.example and kafka b.example',
    );
  });

  it('is not clean where something could not be read, and says so', async () => {
    write({ 'specs/shop/broken.asyncapi.yaml': 'asyncapi: 3.0.0\ninfo: [\n' });
    const { code, out, err } = await run('why', 'order.placed', 'audit');
    expect(code).toBe(1);
    expect(out).toContain('orders -> audit');
    expect(err).toMatch(/^What could not be read is not told of: 1 error/);
  });

  it('refuses what there is not', async () => {
    expect(await run('why', 'order.placd')).toMatchObject({
      code: 2,
      err: expect.stringContaining('did you mean `order.placed`'),
    });
    expect(await run('why', 'order.placed', 'audti')).toMatchObject({
      code: 2,
      err: expect.stringContaining('did you mean `audit`'),
    });
  });
});

describe('version', () => {
  it('prints the next version of each service', async () => {
    write({
      'base/specs/shop/orders.asyncapi.yaml': doc('send', ID),
      'specs/shop/orders.asyncapi.yaml': doc(
        'send',
        '{ type: object, properties: { id: { type: string } } }',
      ),
    });
    expect(await run('version', '--against', 'base')).toMatchObject({
      code: 0,
      out: 'shop/orders  1.4.0 -> 2.0.0  (major; not raised yet)\n  Breaking: OrderPlaced 1.0: id was required and is now optional.\n',
    });
    const { out } = await run('version', 'orders', '--against', 'base', '--format', 'json');
    expect(JSON.parse(out)).toMatchObject([
      { service: 'orders', from: '1.4.0', next: '2.0.0', step: 'major', isTooLow: true },
    ]);
    expect((await run('version', 'nobody', '--against', 'base')).code).toBe(2);
    expect((await run('version')).code).toBe(2);
  });
});
