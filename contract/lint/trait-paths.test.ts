import { expect, it } from 'vitest';
import { load, memoryReader } from '../load/index.ts';
import { lint } from './index.ts';

/** Where paths of `x-contract` that do not resolve are reported, with the other places named there. */
function found(messages: Readonly<Record<string, string>>, key = '{ orderingKey: /orderId }'): string[] {
  const written = Object.entries(messages).map(
    ([name, rest]) =>
      `    ${name}: { name: ${name}, traits: [{ $ref: '#/components/messageTraits/Common' }], ${rest} }`,
  );
  const { workspace } = load(
    memoryReader({
      'shop/orders.asyncapi.yaml': `asyncapi: 3.0.0
info: { title: Orders, version: 1.0.0 }
channels: { orders: { messages: { ${Object.keys(messages)
        .map((name) => `${name}: { $ref: '#/components/messages/${name}' }`)
        .join(', ')} } } }
components:
  messageTraits: { Common: { x-contract: ${key} } }
  messages:
${written.join('\n')}
`,
    }),
  );
  return lint(workspace)
    .filter(({ code }) => code === 'message/path-unknown')
    .map(({ at, related }) => [at.pointer, ...related.map((it) => it.at.pointer)].join(' beside '));
}

const has = (name: string) => `payload: { type: object, properties: { ${name}: { type: string } } }`;
const TRAIT = '/components/messageTraits/Common/x-contract/orderingKey';

it('a path of a trait is reported at the trait, once, where it is wrong for all that take it', () => {
  expect(found({ Placed: has('orderId'), Paid: has('orderId') })).toEqual([]);
  expect(found({ Placed: has('orderID'), Paid: has('order') })).toEqual([TRAIT]);
});

it('a path of a trait is reported at those messages that it does not fit, where it fits another', () => {
  expect(found({ Placed: has('orderId'), Paid: has('order'), Sent: has('id') })).toEqual([
    `/components/messages/Paid beside ${TRAIT}`,
    `/components/messages/Sent beside ${TRAIT}`,
  ]);
});

it('a message that has a path of its own says nothing of the one in the trait', () => {
  const own = (path: string) => `x-contract: { orderingKey: ${path} }, ${has('order')}`;
  expect(found({ Placed: has('orderId'), Paid: own('/order') })).toEqual([]);
  expect(found({ Placed: has('orderId'), Paid: own('/other') })).toEqual([
    '/components/messages/Paid/x-contract/orderingKey',
  ]);
  expect(found({ Placed: has('order'), Paid: own('/order') })).toEqual([TRAIT]);
});

it('three paths that one trait gives, and that are all wrong, are one finding', () => {
  const key = '{ orderingKey: /a/id, identity: [/a/id, /a/at] }';
  expect(found({ Placed: has('orderId') }, key)).toHaveLength(1);
});
