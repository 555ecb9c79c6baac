import { load, memoryReader } from '@chirograph/contract/load';
import type { JsonSchema } from '@chirograph/schema';
import { describe, expect, it } from 'vitest';
import { compare, judge } from '../index.ts';

/** Changes that are weighed against one another: where two of a kind meet, and where two that look like one do not. */
interface Version {
  readonly key: string;
  readonly name: string;
  readonly version: string;
  readonly payload?: JsonSchema;
  readonly upcasts?: readonly { readonly from: string }[];
}

function contracts(versions: readonly Version[], action: 'send' | 'receive' = 'send', title = 'Order') {
  const document = {
    asyncapi: '3.1.0',
    info: { title, version: '1.0.0' },
    channels: {
      orders: {
        address: 'orders',
        messages: Object.fromEntries(
          versions.map(({ key }) => [key, { $ref: `#/components/messages/${key}` }]),
        ),
      },
    },
    operations: { it: { action, channel: { $ref: '#/channels/orders' } } },
    components: {
      messages: Object.fromEntries(
        versions.map(({ key, name, version, payload = { type: 'object' }, upcasts = [] }) => [
          key,
          { name, payload, 'x-contract': { version, upcasts } },
        ]),
      ),
    },
  };
  return { [`specs/shop/${title.toLowerCase()}.asyncapi.yaml`]: JSON.stringify(document) };
}

const workspaceOf = (files: Readonly<Record<string, string>>) => load(memoryReader({ ...files })).workspace;

function changesOf(before: JsonSchema, after: JsonSchema): string[] {
  const of = (payload: JsonSchema) =>
    workspaceOf(contracts([{ key: 'Placed', name: 'order.placed', version: '1.0', payload }]));
  return compare(of(before), of(after))
    .map(({ code, to }) => `${code} ${to ?? ''}`)
    .sort();
}

const object = (properties: Readonly<Record<string, JsonSchema>>): JsonSchema => ({
  type: 'object',
  properties,
});

describe('a property that is gone and one that is new', () => {
  const text: JsonSchema = { type: 'string', description: 'What.' };

  it('are a renamed one where they are alike', () => {
    expect(changesOf(object({ a: text }), object({ b: text }))).toEqual(['payload/property-renamed b']);
  });

  it.each<[string, JsonSchema, JsonSchema]>([
    ['where they are not', object({ a: text }), object({ b: { type: 'integer' } })],
    ['where two may be the new one', object({ a: text }), object({ b: text, c: text })],
    ['where two may have been the old one', object({ a: text, c: text }), object({ b: text })],
  ])('are two %s', (_, before, after) => {
    const codes = changesOf(before, after).join('\n');
    expect(codes).toContain('payload/property-removed');
    expect(codes).not.toContain('payload/property-renamed');
  });

  it('are alike where branches differ by what only people read', () => {
    const union = (description: string): JsonSchema => ({
      anyOf: [{ type: 'string', description }, { type: 'integer' }],
    });
    expect(changesOf(object({ a: union('old') }), object({ b: union('new') }))).toEqual([
      'payload/property-renamed b',
    ]);
  });
});

it('tells of an upcast that is gone, though another message lost the version of that number', () => {
  const older = { key: 'A1', name: 'a', version: '1.0' };
  const newer = { key: 'A2', name: 'a', version: '2.0' };
  const base = workspaceOf(
    contracts([
      older,
      { ...newer, upcasts: [{ from: '1.0' }] },
      { key: 'B1', name: 'b', version: '1.0' },
      { key: 'B2', name: 'b', version: '2.0' },
    ]),
  );
  const head = workspaceOf(contracts([older, newer, { key: 'B2', name: 'b', version: '2.0' }]));
  const codes = compare(base, head).map(({ code }) => code);
  expect(codes).toContain('message/upcast-removed');
  expect(codes).toContain('message/version-removed');
});

it('names the property that a closed reader refuses', () => {
  const payload = (properties: Readonly<Record<string, JsonSchema>>, more: object = {}): JsonSchema => ({
    type: 'object',
    properties,
    ...more,
  });
  const placed = { key: 'Placed', name: 'order.placed', version: '1.0' };
  const known = { id: { type: 'string' } } as const;
  const reader = contracts(
    [{ ...placed, payload: payload(known, { additionalProperties: false }) }],
    'receive',
    'Stock',
  );
  const sender = (properties: Readonly<Record<string, JsonSchema>>) =>
    contracts([{ ...placed, payload: payload(properties) }]);
  const base = workspaceOf({ ...sender(known), ...reader });
  const head = workspaceOf({ ...sender({ ...known, note: { type: 'string' } }), ...reader });
  const findings = judge({ base, head, changes: compare(base, head) }, { today: '2026-06-01' });
  expect(JSON.stringify(findings)).toContain("must not have the property 'note'");
});
