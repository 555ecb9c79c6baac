import { expect, it } from 'vitest';
import { load, memoryReader } from '../load/index.ts';
import { lint, withSeverities } from './index.ts';

const found = (files: Readonly<Record<string, string>>) => {
  const { workspace, diagnostics } = load(memoryReader(files));
  return withSeverities([...diagnostics, ...lint(workspace)], {}).map(
    ({ at, message }) => `${at.pointer} ${message}`,
  );
};
const HEAD = 'asyncapi: 3.0.0\ninfo: { title: T, version: 1.0.0 }\n';

it.each([
  [
    'does not resolve to a field of a closed schema',
    'additionalProperties: false, properties: { shop: { type: object } }',
    true,
  ],
  [
    'leads into a number',
    'properties: { shop: { type: object, properties: { site: { type: number } } } }',
    true,
  ],
  ['leads to what nothing describes in an open schema', 'properties: { id: { type: string } }', false],
  ['leads to a field', 'properties: { shop: { properties: { site: { properties: { id: {} } } } } }', false],
])('a parameter, a correlation id and a reply that %s', (_, payload, isFault) => {
  const path =
    isFault && payload.includes('number') ? '/shop/site/id' : isFault ? '/site/id' : '/shop/site/id';
  const text = `${HEAD}channels:
  c:
    address: c.{site}
    parameters: { site: { location: '$message.payload#${path}' } }
    messages:
      M:
        summary: x
        correlationId: { location: '$message.payload#${path}' }
        payload: { type: object, ${payload} }
operations:
  o:
    action: receive
    channel: { $ref: '#/channels/c' }
    reply: { address: { location: '$message.payload#${path}' } }
`;
  const fault = (what: string) => `${what} \`$message.payload#${path}\` does not resolve to a field of M 1.0`;
  expect(found({ 'a.yaml': text })).toEqual(
    isFault
      ? [
          `/channels/c/parameters/site/location ${fault('the location of the parameter `site`')}`,
          `/channels/c/messages/M/correlationId/location ${fault('the correlation id')}`,
          `/operations/o/reply/address/location ${fault('the address of the reply')}`,
        ]
      : [],
  );
});

it.each([
  ['orders.placed', 'order.placed', 'order.placed'],
  ['order.placed', 'order.plcaed', 'order.placed'],
  ['invoice.sent', 'invoice.sent', undefined],
])('a reader at %s of %s may have meant what is sent', (address, name, meant) => {
  const service = (action: string, where: string, what: string) =>
    `${HEAD}channels: { c: { address: ${where}, messages: { M: { name: ${what}, summary: x, payload: { type: object } } } } }\noperations: { o: { action: ${action}, channel: { $ref: '#/channels/c' } } }\n`;
  const [only, ...others] = found({
    'd/sender.yaml': service('send', 'order.placed', 'order.placed'),
    'd/reader.yaml': service('receive', address, name),
  });
  expect(others).toEqual([]);
  expect(only).toMatch(meant ? /did you mean `order\.placed`\?$/ : /no service of the workspace sends$/);
});

it('is a warning where other messages of the channel have the field, and an error where none has', () => {
  const severities = (second: string) => {
    const text = `${HEAD}channels: { c: { address: 'c.{id}', parameters: { id: { location: '$message.payload#/id' } }, messages: { M: { summary: x, payload: { type: string } }, N: { summary: x, payload: ${second} } } } }\n`;
    const { workspace, diagnostics } = load(memoryReader({ 'a.yaml': text }));
    return withSeverities([...diagnostics, ...lint(workspace)], {}).map(
      ({ severity, code }) => `${severity} ${code}`,
    );
  };
  expect(severities('{ type: object, properties: { id: { type: string } } }')).toEqual([
    'warning message/path-unknown',
  ]);
  expect(severities('{ type: array }')).toEqual(['error message/path-unknown']);
});
