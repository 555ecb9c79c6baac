/** Contracts for the check: two versions of which one breaks the other, and markup in every text. */

export function versionedContracts(): Record<string, string> {
  return {
    'specs/d/a.asyncapi.yaml': `
asyncapi: 3.1.0
info: { title: Sender, version: 1.0.0 }
channels:
  paid:
    address: d.paid
    messages:
      PaidV1:
        name: d.paid
        x-contract: { version: '1.0' }
        payload: { type: object, required: [amount], properties: { amount: { type: integer } } }
      Paid:
        name: d.paid
        x-contract: { version: '2.0' }
        payload: { type: object, required: [amount], properties: { amount: { type: number } } }
operations:
  send: { action: send, channel: { $ref: '#/channels/paid' } }
`,
    'specs/d/b.asyncapi.yaml': `
asyncapi: 3.1.0
info: { title: Old reader, version: 1.0.0 }
channels:
  paid: { $ref: './a.asyncapi.yaml#/channels/paid' }
operations:
  receive:
    action: receive
    channel: { $ref: '#/channels/paid' }
    messages: [{ $ref: './a.asyncapi.yaml#/channels/paid/messages/PaidV1' }]
`,
  };
}

/** Would say so if it were markup anywhere: in text, in an attribute, in an address, in a script. */
const HOSTILE = `"'><img src=x onerror=alert(1)><script>alert(1)</script>[a](javascript:alert(1))`;

export function hostileContracts(): Record<string, string> {
  const text = (words: string) => `${words} ${HOSTILE}`;
  const long = 'x'.repeat(200);
  const field = {
    type: 'string',
    title: text('t'),
    description: text('d'),
    pattern: '<b>',
    default: HOSTILE,
    enum: [HOSTILE, long],
  };
  const message = {
    name: text('d.message'),
    title: text('Message'),
    summary: text('Summary'),
    description: text('Description'),
    tags: [{ name: HOSTILE }],
    'x-contract': {
      version: '1.0',
      aggregate: text('Aggregate'),
      reference: HOSTILE,
      trigger: text('Trigger'),
      outcome: HOSTILE,
      invariants: [HOSTILE],
      failures: [HOSTILE],
    },
    payload: {
      type: 'object',
      required: [HOSTILE],
      properties: {
        [HOSTILE]: field,
        [long]: field,
        inner: { type: 'object', properties: { [HOSTILE]: field } },
      },
    },
    examples: [{ name: HOSTILE, summary: text('Example'), payload: { [HOSTILE]: HOSTILE, [long]: long } }],
  };
  const document = {
    asyncapi: '3.1.0',
    info: {
      title: text('Service'),
      version: HOSTILE,
      description: text('Service'),
      contact: { name: text('Crew'), url: 'javascript:alert(1)', email: 'a@example.com' },
      tags: [{ name: HOSTILE }],
    },
    servers: { main: { host: 'broker', protocol: 'kafka' } },
    channels: {
      c: {
        address: `a.${long}`,
        title: text('Channel'),
        summary: HOSTILE,
        description: HOSTILE,
        messages: { Message: message },
      },
    },
    operations: {
      send: { action: 'send', summary: text('Send'), channel: { $ref: '#/channels/c' } },
      receive: { action: 'receive', summary: text('Receive'), channel: { $ref: '#/channels/c' } },
    },
  };
  return { 'specs/d/hostile.asyncapi.json': JSON.stringify(document) };
}
