import { load, memoryReader } from '@chirograph/contract/load';
import { expect, it } from 'vitest';
import { compare } from '../compare.ts';
import { RULES } from '../rules/rules.ts';

it.each([
  ['retention: P7D', 'unspecified -> 7 days'],
  ['volume: { perDay: 500 }', 'unspecified -> 500 a day'],
  ['retry: { delays: [PT1S] }', 'no schedule of its own'],
])('says `%s` of a message that said nothing of it', (fact, words) => {
  const [change, ...others] = compare(stateWith(''), stateWith(fact));
  expect(others).toEqual([]);
  const { code, subject, from, to } = change!;
  expect(RULES[code].message({ subject: subject.label, field: '', from, to })).toContain(words);
});

function stateWith(fact: string) {
  const { workspace, diagnostics } = load(
    memoryReader({
      'specs/shop/order.asyncapi.yaml': `
asyncapi: 3.1.0
info: { title: Order, version: 1.0.0 }
channels: { orders: { address: orders, messages: { Placed: { $ref: '#/components/messages/Placed' } } } }
operations: { send: { action: send, channel: { $ref: '#/channels/orders' } } }
components: { messages: { Placed: { payload: { type: object }, x-contract: { version: '1.0', ${fact} } } } }
`,
    }),
  );
  expect(diagnostics).toEqual([]);
  return workspace;
}
