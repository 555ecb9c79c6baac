import { load, memoryReader } from '@chirograph/contract/load';
import { expect, it } from 'vitest';
import { compare, judge } from '../index.ts';

/** A document of AsyncAPI 2 that becomes one of AsyncAPI 3: what is written elsewhere there is no change. */
const state = (text: string) => load(memoryReader({ 'specs/shop/lamp.asyncapi.yaml': text })).workspace;

const two = (server: string, more = '') => `
asyncapi: 2.6.0
info: { title: Lamp, version: 1.0.0 }
servers: { main: { ${server} } }
channels:
  lamp/lit: { subscribe: { message: { name: lamp.lit, payload: { type: string }${more} } } }
`;

const three = (server: string, more = '') => `
asyncapi: 3.0.0
info: { title: Lamp, version: 1.0.0 }
servers: { main: { ${server} } }
channels:
  lampLit: { address: lamp/lit, messages: { lit: { name: lamp.lit, payload: { type: string }${more} } } }
operations:
  sendLampLit: { action: send, channel: { $ref: '#/channels/lampLit' } }
`;

const findings = (before: string, after: string) => {
  const [base, head] = [state(before), state(after)];
  return judge({ base, head, changes: compare(base, head) }, { today: '2026-06-01' });
};

const changesOfServer = (before: string, after: string) =>
  findings(before, after).flatMap(({ code, change: { from, to } }) =>
    code.startsWith('server/') ? [`${code} ${from} -> ${to}`] : [],
  );

it.each([
  [
    'url: "mqtt://lamps.example.com:1883", protocol: mqtt',
    'host: "lamps.example.com:1883", protocol: mqtt',
    [],
  ],
  [
    'url: "https://a.example.com/v1", protocol: https',
    'host: a.example.com, pathname: /v1, protocol: https',
    [],
  ],
  ['url: "tcp://a.example.com", protocol: jms', 'host: a.example.com, protocol: jms', []],
  [
    'url: "wss://a.example.com", protocol: ws',
    'host: a.example.com, protocol: ws',
    ['server/address-changed wss://a.example.com -> a.example.com'],
  ],
  [
    'url: "mqtt://a.example.com", protocol: mqtt',
    'host: b.example.com, protocol: mqtt',
    ['server/address-changed mqtt://a.example.com -> b.example.com'],
  ],
  [
    'url: "ws://a.example.com", protocol: ws',
    'host: a.example.com, protocol: wss',
    ['server/address-changed ws://a.example.com -> a.example.com', 'server/protocol-changed ws -> wss'],
  ],
])('a server { %s } that becomes { %s }', (before, after, expected) => {
  expect(changesOfServer(two(before), three(after))).toEqual(expected);
});

it('shows an operation that got a key as what it is now', () => {
  const server = 'host: a.example.com, protocol: mqtt';
  const found = findings(
    two(
      'url: a.example.com, protocol: mqtt',
      ', bindings: { mqtt: { bindingVersion: 0.2.0, contentType: text/plain } }',
    ),
    three(server),
  );
  const operations = found.flatMap(({ impacts }) => impacts.flatMap((it) => it.operations));
  expect(operations.length).toBeGreaterThan(0);
  expect(operations.map(({ side, at }) => `${side} ${at.pointer}`)).toEqual(
    operations.map(() => 'head /operations/sendLampLit'),
  );
});

it('says how to say that a document was written from the side of its clients, where its operations turn round', () => {
  const after = three('host: a.example.com, protocol: mqtt').replace('action: send', 'action: receive');
  const [turned, ...others] = findings(two('url: a.example.com, protocol: mqtt'), after).filter(
    ({ verdict }) => verdict !== 'safe',
  );
  expect(others).toEqual([]);
  expect(turned).toMatchObject({
    code: 'operation/send-removed',
    note: expect.stringContaining(
      "documents: { 'specs/shop/lamp.asyncapi.yaml': { perspective: 'client' } }",
    ),
  });
});
