import { folderReader, load } from '@chirograph/contract/load';
import type { WireMessage } from '@chirograph/runtime';
import { expect, it } from 'vitest';
import { contractsOf } from '../contracts/contracts.ts';
import { inspect } from './inspect.ts';

const { workspace } = load(folderReader('mock/fixtures', ['.']));
const contracts = contractsOf(workspace);
const expected = workspace.messages
  .filter((it) =>
    ['parcels.arrived', 'parcels.paid', 'parcels.stored', 'parcels.misplaced'].includes(it.name),
  )
  .map((it) => contracts.message(it.id));

const payload = {
  id: '0b0f9d2c-58a4-4c0a-9d33-5f7d1f5a1f10',
  type: 'parcels.arrived',
  version: '2.0',
  time: '2026-03-01T10:00:00Z',
  data: { parcelId: 'P-00000001', grams: 500 },
};

const wire = (body: unknown, more: Partial<WireMessage> = {}): WireMessage => ({
  id: 'w-1',
  channel: 'parcels.arrived',
  headers: { class: '2', fragile: 'true' },
  contentType: 'application/json',
  body: new TextEncoder().encode(typeof body === 'string' ? body : JSON.stringify(body)),
  ...more,
});

const verdictOf = (message: WireMessage) => {
  const found = inspect(message, expected);
  if (found.kind !== 'known') return { kind: found.kind, problem: found.problem };
  return { is: `${found.known.contract.name} ${found.known.contract.version}`, violations: found.violations };
};

it('knows a valid message, headers as text and all', () => {
  expect(verdictOf(wire(payload))).toEqual({ is: 'parcels.arrived 2.0', violations: [] });
});

it('says where a payload breaks its contract, and all of it', () => {
  const { violations } = verdictOf(
    wire({ ...payload, time: 'noon', data: { parcelId: 'P-00000001', grams: '5' } }),
  ) as {
    violations: unknown;
  };
  expect(violations).toEqual([
    { pointer: '/time', rule: 'format', expected: 'in the format date-time', found: '"noon"' },
    { pointer: '/data/grams', rule: 'type', expected: 'an integer', found: '"5"' },
  ]);
});

it('checks headers', () => {
  expect(verdictOf(wire(payload, { headers: { class: 'heavy' } }))).toMatchObject({
    violations: [{ pointer: 'headers/class', rule: 'type', expected: 'an integer', found: '"heavy"' }],
  });
  expect(verdictOf(wire(payload, { headers: {} }))).toMatchObject({
    violations: [{ pointer: 'headers/class', rule: 'required', found: 'nothing' }],
  });
});

it('checks what stands in the address', () => {
  const said = { ...payload, version: '1.0', data: { parcelId: 'P-00000001', shelf: 'A1' } };
  const on = (type: string, channel: string) => verdictOf(wire({ ...said, type }, { channel }));
  expect(on('parcels.stored', 'parcels.A1.stored')).toMatchObject({ violations: [] });
  expect(on('parcels.stored', 'parcels.B2.stored')).toMatchObject({
    violations: [
      { pointer: 'parameters/shelf', rule: 'location', expected: '"A1", as the message says', found: '"B2"' },
    ],
  });
  expect(on('parcels.misplaced', 'parcels.north.A1.misplaced')).toMatchObject({ violations: [] });
  expect(on('parcels.misplaced', 'parcels.east.A1.misplaced')).toMatchObject({
    violations: [{ pointer: 'parameters/hall', rule: 'enum', found: '"east"' }],
  });
});

it('compares what the broker was told with what the message says', () => {
  expect(verdictOf(wire(payload, { key: 'P-00000002', channel: 'parcels.paid' }))).toMatchObject({
    violations: [
      { rule: 'channel', expected: '"parcels.arrived"', found: '"parcels.paid"' },
      { rule: 'orderingKey', expected: '"P-00000001"', found: '"P-00000002"' },
    ],
  });
});

it.each([
  ['unknown-message', wire({ ...payload, type: 'parcels.exploded' }), 'parcels.exploded is not a message'],
  ['unknown-message', wire({}, { channel: 'parcels.lost' }), 'nothing on parcels.lost says what it is'],
  [
    'unknown-version',
    wire({ ...payload, version: '9.0' }),
    'parcels.arrived 9.0: the contract knows 2.0, 1.0',
  ],
  ['undecodable', wire('{'), 'JSON'],
  [
    'undecodable',
    wire(payload, { contentType: 'application/xml' }),
    'no message here has the content type application/xml',
  ],
])('%s: %#', (kind, message, problem) => {
  expect(verdictOf(message)).toEqual({ kind, problem: expect.stringContaining(problem) });
});

it('goes by the channel where the message does not say what it is', () => {
  const { type: _, version: __, ...silent } = payload;
  expect(verdictOf(wire(silent, { channel: 'parcels.paid' }))).toMatchObject({ is: 'parcels.paid 1.0' });
});
