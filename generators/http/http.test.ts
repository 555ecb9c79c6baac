import { load, memoryReader } from '@chirograph/contract/load';
import { expect, it } from 'vitest';
import { GENERATORS_BY_NAME, generate } from '../index.ts';

const text = { type: 'string' };

function command(name: string, more: object = {}) {
  return {
    name,
    summary: `Do ${name}.`,
    payload: {
      allOf: [
        { $ref: '#/components/schemas/Envelope' },
        { type: 'object', properties: { data: { $ref: '#/components/schemas/Cup' } } },
      ],
    },
    'x-contract': {
      kind: 'command',
      version: '1.0',
      envelope: { id: '/id', data: '/data' },
      outcome: 'It is done.',
      failures: ['Cup not found', 'Too hot'],
    },
    ...more,
  };
}

/** A service that receives the messages, each on a channel of its own. */
async function made(
  messages: Readonly<Record<string, object>>,
  channels: Readonly<Record<string, object>> = {},
) {
  const keys = Object.keys(messages);
  const document = {
    asyncapi: '3.0.0',
    info: { title: 'Cups', version: '1.2.0' },
    channels: Object.fromEntries(
      keys.map((key) => [
        key,
        {
          address: `cups.${key}`,
          messages: { it: { $ref: `#/components/messages/${key}` } },
          ...channels[key],
        },
      ]),
    ),
    operations: Object.fromEntries(
      keys.map((key) => [`on${key}`, { action: 'receive', channel: { $ref: `#/channels/${key}` } }]),
    ),
    components: {
      messages,
      schemas: {
        Envelope: {
          type: 'object',
          required: ['id', 'data'],
          properties: { id: text, data: { type: 'object' } },
        },
        Cup: {
          type: 'object',
          required: ['colour'],
          properties: { colour: { $ref: '#/components/schemas/Colour' } },
        },
        Colour: { enum: ['blue', 'green'] },
      },
    },
  };
  const path = 'specs/kitchen/cups.asyncapi.yaml';
  const { workspace } = load(memoryReader({ [path]: JSON.stringify(document) }));
  const { types, validators, messages: contracts, consumers, http } = GENERATORS_BY_NAME;
  const files = await generate(workspace, { importExtension: '.ts' }, [
    types,
    validators,
    contracts,
    consumers,
    http,
  ]);
  return files.find((it) => it.path === 'kitchen/http/cups.ts');
}

it('a body is the data of the command, and refers to the schemas of the document', async () => {
  const file = await made({ fill: command('cups.fill'), wash: command('cups.wash') });
  expect(file?.text).toMatch(/Pick<\s*CupsHandlers,/);
  expect(file?.text).toContain("at: ['data']");
  expect(file?.text).toContain("$ref: '#/components/schemas/Colour'");
  expect(file?.text).toContain("Colour: { enum: ['blue', 'green'] }");
  expect(file?.text).toContain("failures: { CUP_NOT_FOUND: 'Cup not found', TOO_HOT: 'Too hot' }");
  expect(file?.text).toContain("id: 'urn:kitchen:cups'");
});

it('events have no place in it, and a service without commands has no API', async () => {
  const event = command('cups.filled', { 'x-contract': { kind: 'event', version: '1.0' } });
  expect(await made({ filled: event })).toBeUndefined();
  expect((await made({ fill: command('cups.fill'), filled: event }))?.text).not.toContain('cups.filled');
});

const KITCHEN = { description: 'Which.', enum: ['north', 'south'] };

it('what the address and the headers say is said by the path and the headers of the request', async () => {
  const headers = {
    type: 'object',
    required: ['hurry', 'event_name', 'step'],
    properties: {
      hurry: { $ref: '#/components/schemas/Colour' },
      event_name: { const: 'cups.fill' },
      step: { type: 'integer', description: 'How far.' },
      note: text,
    },
  };
  const contract = command('cups.fill')['x-contract'];
  const envelope = { ...contract.envelope, type: '$message.header#/event_name' };
  const file = await made(
    { fill: command('cups.fill', { headers, 'x-contract': { ...contract, envelope } }) },
    { fill: { address: 'cups.{kitchen}.fill', parameters: { kitchen: KITCHEN } } },
  );
  expect(file?.notes).toBeUndefined();
  const said = file?.text.slice(file.text.indexOf('parameters: ['), file.text.indexOf('failures:')) ?? '';
  expect(said.replace(/\s+/g, ' ')).toBe(
    "parameters: [ { name: 'kitchen', in: 'path', required: true, description: 'Which.', schema: { type: 'string', enum: ['north', 'south'] }, }, { name: 'hurry', in: 'header', required: true, schema: { $ref: '#/components/schemas/Colour' } }, { name: 'step', in: 'header', required: true, description: 'How far.', schema: { type: 'integer', description: 'How far.' }, }, { name: 'note', in: 'header', required: false, schema: { type: 'string' } }, ], ",
  );
  expect(file?.text).not.toContain("name: 'event_name'");
});

it.each<[string, object, object]>([
  ['has no address', {}, { address: null }],
  [
    'header Authorization is one that HTTP has a use for',
    { headers: { type: 'object', properties: { Authorization: text } } },
    {},
  ],
])('what cannot be taken is left out, and that is said: %s', async (said, message, channel) => {
  const file = await made(
    { fill: command('cups.fill', message), wash: command('cups.wash') },
    { fill: channel },
  );
  expect(file?.text).not.toContain('cups.fill');
  expect(file?.notes?.map((it) => it.message)).toEqual([expect.stringContaining(said)]);
});
