import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { main } from '../main.ts';
import { memoryIo } from '../memory-io.ts';

const LOST = '{ $ref: ./gone.yaml#/lost }';

const own = (total: string, more = '') => `asyncapi: 3.0.0
info: { title: Orders, version: 1.0.0 }
channels:
  placed:
    address: order.placed
    messages:
      OrderPlaced:
        name: order.placed
        payload:
          type: object
          required: [id, total, place]
          properties: { id: { type: string }, total: { type: ${total} }, place: { type: string }${more} }
operations: { send: { action: send, channel: { $ref: '#/channels/placed' } } }
`;

interface Parts {
  readonly total?: string;
  readonly place?: string;
  readonly payload?: string;
  readonly name?: string;
  readonly other?: string;
  readonly operations?: string;
  readonly components?: string;
}

/** A neighbour that reads it, and has another channel. */
const theirs = ({
  total = '{ type: number }',
  place = '{ type: string }',
  payload = `{ type: object, required: [id], properties: { id: { type: string }, total: ${total}, place: ${place} } }`,
  name = 'name: order.placed, ',
  other = '{ address: far.away, messages: { Far: { name: far, payload: { type: object } } } }',
  operations = '',
  components = '{}',
}: Parts) => `asyncapi: 3.0.0
info: { title: Billing, version: 1.0.0 }
channels:
  placed: { address: order.placed, messages: { OrderPlaced: { ${name}payload: ${payload} } } }
  other: ${other}
operations:
  on: { action: receive, channel: { $ref: '#/channels/placed' } }
  ${operations}
components: ${components}
`;

const FORMATS = ['text', 'markdown', 'github', 'junit', 'sarif', 'gitlab'];
const scratch = mkdtempSync(join(tmpdir(), 'chirograph-faults-'));
afterAll(() => rmSync(scratch, { recursive: true }), 60_000);

let folders = 0;
let root = '';

beforeEach(() => {
  folders += 1;
  root = join(scratch, String(folders));
  write('chirograph.config.json', JSON.stringify({ neighbours: [{ from: 'vendor/billing' }] }));
  write('base/shop/orders.asyncapi.yaml', own('number'));
});

/** What compat says of our change beside what a neighbour has. */
async function compat(head: string, neighbour: Parts, format = 'json') {
  write('specs/shop/orders.asyncapi.yaml', head);
  write('vendor/billing/fin/billing.asyncapi.yaml', theirs(neighbour));
  expect(await run('neighbours', '--update')).toMatchObject({ code: 0 });
  const { code, out } = await run('compat', '--against', 'base', '--format', format);
  if (format !== 'json') return { code, out };
  const { findings, leftOut } = JSON.parse(out) as {
    readonly findings: readonly { readonly verdict: string }[];
    readonly leftOut: readonly { readonly aside?: true }[];
  };
  return { code, verdicts: findings.map((it) => it.verdict), aside: leftOut.map((it) => it.aside === true) };
}

describe('a reference that does not resolve in a neighbour', () => {
  const note = own('number', ', note: { type: string }');

  it('stops nothing where no channel of ours leads to it', async () => {
    const far = `{ address: far.away, messages: { Far: { name: far, payload: ${LOST} } } }`;
    expect(await compat(note, { other: far })).toEqual({ code: 0, verdicts: ['safe'], aside: [true] });
    expect(await compat(note, { components: `{ schemas: { Spare: ${LOST} } }` })).toMatchObject({ code: 0 });
    const message = '{ address: far.away, messages: { Far: { $ref: "#/components/messages/Far" } } }';
    const lost = { other: message, components: `{ messages: { Far: ${LOST} } }` };
    expect(await compat(note, lost)).toMatchObject({ code: 0 });
  });

  it('is named in every format', async () => {
    const far = `{ address: far.away, messages: { Far: { name: far, payload: ${LOST} } } }`;
    for (const format of FORMATS) {
      const { code, out = '' } = await compat(note, { other: far }, format);
      expect([format, code]).toEqual([format, 0]);
      expect(out).toContain('gone.yaml');
    }
  });

  it('is decided around in a message of ours, where the change does not rest on it', async () => {
    expect(await compat(note, { place: LOST })).toMatchObject({ code: 0, verdicts: ['safe'], aside: [true] });
    expect(await compat(own('string'), { place: LOST })).toMatchObject({ code: 1, verdicts: ['breaking'] });
  });

  it('leaves undecided what rests on it', async () => {
    const { code, verdicts } = await compat(own('string'), { total: LOST });
    expect(code).not.toBe(0);
    expect(verdicts).not.toContain('safe');
  });

  it.each([
    ['the whole payload', { payload: LOST }],
    [
      'the payload by way of another',
      { payload: '{ $ref: "#/components/schemas/Lost" }', components: `{ schemas: { Lost: ${LOST} } }` },
    ],
    [
      'a message on a channel at our address',
      { other: `{ address: "order.{kind}", messages: { M: ${LOST} } }` },
    ],
    ['a channel', { other: LOST }],
    ['the channel of an operation', { operations: `lost: { action: receive, channel: ${LOST} }` }],
    ['a part of a message without a name', { name: '', place: LOST }],
  ] as [string, Parts][])('is not passed where it may hide a reader: %s', async (_, parts) => {
    const { code, aside } = await compat(note, parts);
    expect(aside).toContain(false);
    expect(code).toBe(2);
  });

  it('of ours is ours to fix', async () => {
    const lost = own('number', `, more: ${LOST}`);
    expect(await compat(lost, {})).toMatchObject({ code: 2, aside: [false] });
  });
});

async function run(...args: readonly string[]) {
  const io = memoryIo(root);
  const code = await main(args, io);
  return { code, out: io.printed(), err: io.said() };
}

function write(file: string, text: string): void {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), text);
}
