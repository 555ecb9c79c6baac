import { load, memoryReader } from '@chirograph/contract/load';
import { expect, it } from 'vitest';
import { compare } from '../compare.ts';
import { judge } from '../judge/judge.ts';

const V3 = (retention: string) => `asyncapi: 3.1.0
info: { title: Order, version: 1.0.0 }
channels:
  orders:
    address: orders
    messages: { Placed: { $ref: '#/components/messages/Placed' }, Paid: { $ref: '#/components/messages/Paid' } }
operations: { send: { action: send, channel: { $ref: '#/channels/orders' } } }
components:
  messageTraits:
    Kept: { x-contract: { retention: ${retention}, volume: { perDay: 1 } } }
  messages:
    Placed: { traits: [{ $ref: '#/components/messageTraits/Kept' }], x-contract: { version: '1.0' } }
    Paid: { traits: [{ $ref: '#/components/messageTraits/Kept' }], x-contract: { version: '1.0' } }
`;

/** Here it is the trait that has the last word. */
const V2 = (retention: string) => `asyncapi: 2.6.0
info: { title: Order, version: 1.0.0 }
channels:
  orders: { publish: { message: { $ref: '#/components/messages/Placed' } } }
components:
  messageTraits:
    Kept: { x-contract: { retention: ${retention} } }
  messages:
    Placed: { traits: [{ $ref: '#/components/messageTraits/Kept' }], x-contract: { version: '1.0', retention: P1D } }
`;

it('shows what messages have from a trait there, as one cause', () => {
  const findings = findingsBetween(V3('P7D'), V3('P9D'));
  expect(findings.map((it) => it.change.subject.label)).toEqual(['Paid 1.0', 'Placed 1.0']);
  const place = '/components/messageTraits/Kept/x-contract/retention';
  for (const { change } of findings)
    expect([change.base?.pointer, change.head?.pointer]).toEqual([place, place]);
  expect(new Set(findings.map((it) => it.fingerprint)).size).toBe(1);
});

it('shows what a message says beside its trait in the message', () => {
  const own = (days: string) => V3('P7D').replaceAll("version: '1.0'", `version: '1.0', retention: ${days}`);
  const findings = findingsBetween(own('P7D'), own('P9D'));
  expect(findings.map((it) => it.change.head?.pointer)).toEqual(
    ['Paid', 'Placed'].map((it) => `/components/messages/${it}/x-contract/retention`),
  );
  expect(new Set(findings.map((it) => it.fingerprint)).size).toBe(2);
});

it('shows what a trait of AsyncAPI 2 says in place of the message in the trait', () => {
  const [finding] = findingsBetween(V2('P7D'), V2('P9D'));
  expect(finding?.change.head?.pointer).toBe('/components/messageTraits/Kept/x-contract/retention');
});

function findingsBetween(former: string, now: string) {
  const [base, head] = [stateOf(former), stateOf(now)];
  return judge({ base, head, changes: compare(base, head) }, { today: '2026-06-01' });
}

function stateOf(document: string) {
  const { workspace, diagnostics } = load(memoryReader({ 'specs/shop/order.asyncapi.yaml': document }));
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  return workspace;
}
