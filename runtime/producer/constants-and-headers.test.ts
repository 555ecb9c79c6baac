import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { receive } from '../consumer/receive.ts';
import { ContractViolationError, type MessageContract, type Validator } from '../contract/index.ts';
import type { WireMessage } from '../ports/message.ts';
import { recordingPublisher } from '../testing/recording-publisher.ts';
import { createProducer } from './create-producer.ts';

interface Ping {
  readonly specversion: '1.0';
  readonly kind: 'ping';
  readonly text: string;
}

interface PingHeaders {
  readonly event_name: 'ping';
  readonly attempts: number;
}

const ajv = new Ajv({ allErrors: true, strict: false });

const ping: MessageContract<Ping, PingHeaders> = {
  name: 'ping',
  version: '1.0',
  kind: 'event',
  channel: 'pings',
  contentType: 'application/json',
  envelope: { type: { in: 'headers', path: ['event_name'] } },
  constants: [
    { in: 'payload', path: ['specversion'], value: '1.0' },
    { in: 'payload', path: ['kind'], value: 'ping' },
  ],
  identity: [],
  validate: ajv.compile({
    required: ['specversion', 'kind', 'text'],
    properties: { specversion: { const: '1.0' }, kind: { const: 'ping' } },
  }) as Validator<Ping>,
  headers: {
    validate: ajv.compile({
      required: ['event_name', 'attempts'],
      properties: { event_name: { const: 'ping' }, attempts: { type: 'integer' } },
    }) as Validator<PingHeaders>,
    json: ['attempts'],
  },
};

async function sent(message: object, headers: object): Promise<WireMessage> {
  const recorded = recordingPublisher();
  const send = createProducer('pinger', recorded);
  await send(ping, message, { headers });
  expect(recorded.published).toHaveLength(1);
  return recorded.published[0]!.message;
}

describe('what a contract says of constants and headers', () => {
  it('fills constants in, and lets what was given stand for the validator to judge', async () => {
    const { body } = await sent({ text: 'hello' }, { attempts: 3 });
    expect(JSON.parse(new TextDecoder().decode(body))).toEqual({
      specversion: '1.0',
      kind: 'ping',
      text: 'hello',
    });
    await expect(sent({ text: 'hello', specversion: '0.3' }, { attempts: 3 })).rejects.toThrow(
      ContractViolationError,
    );
  });

  it('sends headers as text, and hands them over as what they are', async () => {
    const message = await sent({ text: 'hello' }, { attempts: 3 });
    expect(message.headers).toMatchObject({ event_name: 'ping', attempts: '3' });

    let seen: PingHeaders | undefined;
    const [accepted] = receive(ping, (_, { received }) => {
      seen = received.headers;
    });
    const payload: unknown = JSON.parse(new TextDecoder().decode(message.body));
    const opened = accepted?.open({ payload, headers: message.headers }, 'pings');
    expect(opened).toMatchObject({ kind: 'ready' });
    if (opened?.kind === 'ready') await opened.run({} as never);
    expect(seen).toMatchObject({ event_name: 'ping', attempts: 3 });
  });

  it('refuses headers that break their contract, on either side', async () => {
    await expect(sent({ text: 'hello' }, {})).rejects.toThrow(/headers\/attempts should be given/);
    const { body, headers } = await sent({ text: 'hello' }, { attempts: 3 });
    const payload: unknown = JSON.parse(new TextDecoder().decode(body));
    const [accepted] = receive(ping, () => {});
    const opened = accepted?.open({ payload, headers: { ...headers, attempts: 'many' } }, 'pings');
    expect(opened).toMatchObject({
      kind: 'refused',
      reason: 'invalid',
      violations: [{ pointer: 'headers/attempts', rule: 'type', found: '"many"' }],
    });
  });
});
