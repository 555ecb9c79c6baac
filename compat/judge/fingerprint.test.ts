import { load, memoryReader } from '@chirograph/contract/load';
import { expect, it } from 'vitest';
import { compare, judge } from '../index.ts';

const workspaceOf = (payload: string) =>
  load(
    memoryReader({
      'shop/order.asyncapi.yaml': `asyncapi: 3.0.0
info: { title: Order, version: '1' }
channels:
  placed: { address: placed, messages: { Placed: { name: placed, payload: ${payload} } } }
operations:
  send: { action: send, channel: { $ref: '#/channels/placed' } }
`,
    }),
  ).workspace;

function fingerprints(base: string, head: string): string[] {
  const states = { base: workspaceOf(base), head: workspaceOf(head) };
  return judge(
    { ...states, changes: compare(states.base, states.head) },
    { today: '2026-06-01', mode: 'FULL' },
  )
    .filter(({ severity }) => severity === 'error')
    .map((it) => it.fingerprint);
}

/** A change that breaks, and another one of the same place. */
it.each([
  [
    'a condition',
    '{ type: object, if: { required: [a] }, then: { required: [b] } }',
    '{ type: object, if: { required: [a] }, then: { required: [c] } }',
    '{ type: object, if: { required: [a] }, then: { required: [d] } }',
  ],
  [
    'a field that is required, and of which type',
    '{ type: object, required: [a], properties: { a: { type: string } } }',
    '{ type: object, required: [a, b], properties: { a: { type: string }, b: { type: string } } }',
    '{ type: object, required: [a, b], properties: { a: { type: string }, b: { type: integer } } }',
  ],
  ['a schema that was none', 'true', '{ type: object, required: [a] }', '{ type: object, required: [b] }'],
  [
    'what is excluded',
    '{ type: string, not: { const: a } }',
    '{ type: string, not: { const: b } }',
    '{ type: string, not: { const: c } }',
  ],
  [
    'an alternative',
    '{ oneOf: [{ type: string }] }',
    '{ oneOf: [{ type: string }, { type: object, title: X, required: [a] }] }',
    '{ oneOf: [{ type: string }, { type: object, title: X, required: [b] }] }',
  ],
])('an approval of %s lets no other change of it pass', (_, base, head, later) => {
  const [approved, other] = [fingerprints(base, head), fingerprints(base, later)];
  expect(approved.length).toBeGreaterThan(0);
  expect(other.length).toBeGreaterThan(0);
  expect(other.filter((it) => !approved.includes(it))).not.toEqual([]);
  const described = head.replace('{ type', '{ description: which, type');
  expect(fingerprints(base, described)).toEqual(approved);
});
