import { load, memoryReader } from '@chirograph/contract/load';
import { describe, expect, it } from 'vitest';
import { compare, judge } from '../index.ts';

const FIELDS = 'id: { type: string }, total: { type: number, minimum: 0 }, note: { type: string }';

/** A sender with examples, and a reader with a contract of its own. */
const document = (title: string, action: string, schema: string, examples: readonly object[] = []) =>
  `asyncapi: 3.0.0
info: { title: ${title}, version: 1.0.0 }
channels:
  placed:
    address: order.placed
    messages:
      OrderPlaced:
        name: order.placed
        examples: ${JSON.stringify(examples.map((payload) => ({ payload })))}
        payload: { type: object, ${schema} }
operations: { o: { action: ${action}, channel: { $ref: '#/channels/placed' } } }
`;

/** The messages that prove that the reader refuses what the changed sender may send. */
function witnesses(schema: string, examples: readonly object[]) {
  const [base, head] = [`required: [id], properties: { ${FIELDS} }`, schema].map(
    (it) =>
      load(
        memoryReader({
          'shop/orders.asyncapi.yaml': document('Orders', 'send', it, examples),
          'fin/billing.asyncapi.yaml': document(
            'Billing',
            'receive',
            `required: [id], properties: { ${FIELDS} }, additionalProperties: false`,
          ),
        }),
      ).workspace,
  );
  const states = { base: base!, head: head! };
  return judge({ ...states, changes: compare(states.base, states.head) }, { today: '2026-01-01' })
    .flatMap(({ impacts }) => impacts.flatMap(({ witness }) => witness ?? []))
    .map(({ value, source }) => ({ value, source }));
}

describe('a witness is an example of the contract with the one place changed', () => {
  const example = { id: 'o-1', total: 5, note: 'fragile' };

  it('where a value is refused', () => {
    const negative = `required: [id], properties: { ${FIELDS.replace('minimum: 0', 'minimum: -10')} }`;
    expect(witnesses(negative, [example])).toEqual([
      { value: { ...example, total: expect.any(Number) }, source: 'example' },
    ]);
  });

  it('where a property may be missing', () => {
    const { id: _, ...rest } = example;
    expect(witnesses(`properties: { ${FIELDS} }`, [example])).toEqual([{ value: rest, source: 'example' }]);
  });

  it('of the first example that can be changed so', () => {
    const negative = `required: [id], properties: { ${FIELDS.replace('minimum: 0', 'minimum: -10')} }`;
    const [witness] = witnesses(negative, [{ total: 'not a number' }, example]);
    expect(witness).toMatchObject({ value: { note: 'fragile' }, source: 'example' });
  });

  it('and else a message made from the schema', () => {
    const negative = `required: [id], properties: { ${FIELDS.replace('minimum: 0', 'minimum: -10')} }`;
    expect(witnesses(negative, []).map((it) => it.source)).toEqual(['schema']);
  });
});
