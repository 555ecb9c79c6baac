import { load, memoryReader } from '@chirograph/contract/load';
import { describe, expect, it } from 'vitest';
import { compare, judge, type Policy } from '../index.ts';

const document = (title: string, action: string, required: string, more = '') => `asyncapi: 3.0.0
info: { title: ${title}, version: 1.0.0 }
channels:
  placed:
    address: order.placed
    messages:
      OrderPlaced:
        name: order.placed
        ${more}
        payload: { type: object, required: [${required}], properties: { id: { type: string }, total: { type: number } } }
operations: { o: { action: ${action}, channel: { $ref: '#/channels/placed' } } }
`;
const sharing = `asyncapi: 3.0.0
info: { title: Billing, version: 1.0.0 }
operations: { o: { action: receive, channel: { $ref: '../shop/orders.asyncapi.yaml#/channels/placed' } } }
`;
const retained = 'x-contract: { retention: P7D }';

function judged(
  base: string,
  head: string,
  reader: string | undefined,
  policy: Partial<Policy> = { mode: 'BACKWARD' },
) {
  const workspaceOf = (sender: string) =>
    load(
      memoryReader({
        'shop/orders.asyncapi.yaml': sender,
        ...(reader && { 'fin/billing.asyncapi.yaml': reader }),
      }),
    ).workspace;
  const states = { base: workspaceOf(base), head: workspaceOf(head) };
  return judge(
    { ...states, changes: compare(states.base, states.head) },
    { ...policy, today: '2026-01-01' },
  ).map(({ verdict, impacts, note = '' }) => ({
    verdict,
    named: impacts.flatMap((it) => it.operations.map(({ service }) => service)),
    note,
  }));
}

describe('a sender that promises more, where new readers are to read old messages', () => {
  const [base, head] = [document('Orders', 'send', 'id'), document('Orders', 'send', 'id, total')];

  it('affects no reader with a contract of its own, and is itself none', () => {
    const found = judged(base, head, document('Billing', 'receive', 'id'));
    expect(found).toEqual([
      {
        verdict: 'warning',
        named: [],
        note: 'Billing reads by a contract of its own. Readers outside the workspace may be affected.',
      },
    ]);
    expect(
      judged(base, head, document('Billing', 'receive', 'id'), {
        mode: 'BACKWARD',
        unknownReaders: 'error',
      })[0]?.verdict,
    ).toBe('breaking');
  });

  it('affects a reader that goes by its contract', () => {
    const [found] = judged(base, head, sharing);
    expect(found).toMatchObject({ verdict: 'breaking', named: ['orders', 'billing'] });
  });

  it('breaks where nobody is known to read, or messages are kept', () => {
    expect(judged(base, head, undefined)[0]?.verdict).toBe('breaking');
    const kept = [
      document('Orders', 'send', 'id', retained),
      document('Orders', 'send', 'id, total', retained),
    ];
    expect(judged(kept[0]!, kept[1]!, document('Billing', 'receive', 'id'))[0]?.verdict).toBe('breaking');
  });
});
