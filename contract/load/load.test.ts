import type { SchemaObject } from '@chirograph/schema';
import { describe, expect, it } from 'vitest';
import { lint } from '../lint/index.ts';
import { consumersOf, sendersOf } from '../model/index.ts';
import { load, memoryReader } from './index.ts';

const read = (files: Record<string, string>) => load(memoryReader(files));
const codes = (files: Record<string, string>) =>
  read(files).diagnostics.map(({ code, at }) => `${code} ${at.file}#${at.pointer}`);
const doc = (text: string) => `asyncapi: 3.0.0\ninfo: { title: T, version: 1.0.0 }\n${text}`;

const ORDERS_2 = `
asyncapi: 2.6.0
info: { title: Orders, version: 1.0.0, contact: { name: Sales } }
defaultContentType: application/cloudevents+json
tags: [{ name: sales }]
channels:
  orders/{id}:
    parameters:
      id:
        description: Which order.
        schema: { type: string, enum: [o-1, o-2], default: o-1, examples: [o-2] }
        location: $message.payload#/id
    publish:
      operationId: onOrder
      message: { $ref: '#/components/messages/Order' }
    subscribe:
      message:
        oneOf:
          - { name: order.changed, payload: { type: object } }
          - name: order.gone
            schemaFormat: application/schema+json;version=2020-12
            payload: { $ref: '#/components/schemas/Id', minLength: 3 }
components:
  schemas: { Id: { type: string } }
  messageTraits:
    common:
      contentType: application/json
      headers: { type: object, properties: { trace: { type: string } } }
      correlationId: { location: $message.header#/trace }
  messages:
    Order:
      name: order.placed
      contentType: text/plain
      headers: { type: object, properties: { own: { type: string } } }
      traits: [{ $ref: '#/components/messageTraits/common' }]
      payload: { type: object }
      examples: [{ payload: {} }]
`;

describe('an AsyncAPI 2 document', () => {
  const { workspace, diagnostics } = read({ 'shop/orders.yaml': ORDERS_2 });
  const [order, changed, gone] = ['order.placed', 'order.changed', 'order.gone'].map((name) =>
    workspace.messages.find((it) => it.name === name),
  );

  it('is read without findings', () => {
    expect(diagnostics).toEqual([]);
    expect(workspace.services).toMatchObject([
      { name: 'orders', owner: 'Sales', tags: ['sales'], domain: 'shop' },
    ]);
    expect(workspace.channels).toMatchObject([
      {
        address: 'orders/{id}',
        parameters: [
          {
            name: 'id',
            description: 'Which order.',
            values: ['o-1', 'o-2'],
            default: 'o-1',
            examples: ['o-2'],
            location: { in: 'payload', path: ['id'] },
          },
        ],
      },
    ]);
  });

  it('receives what others may publish and sends what they may subscribe to', () => {
    expect(workspace.operations).toMatchObject([
      { key: 'onOrder', action: 'receive', messages: [order?.id] },
      { key: 'send orders/{id}', action: 'send', messages: [changed?.id, gone?.id] },
    ]);
  });

  it('tells what goes one way on a channel from what goes the other, where nobody has named them', () => {
    const both = (received: string, sent: string) =>
      read({
        'a.yaml': `asyncapi: 2.6.0\ninfo: { title: T, version: 1.0.0 }\nchannels:\n  c:\n    publish: { message: ${received} }\n    subscribe: { message: ${sent} }\n`,
      }).workspace.messages.map((it) => it.name);
    const [text, count] = ['{ payload: { type: string } }', '{ payload: { type: integer } }'];
    expect(both(text, count)).toEqual(['c publish', 'c subscribe']);
    expect(both(`{ oneOf: [${text}, ${count}] }`, '{ payload: { type: object } }')).toEqual([
      'c publish 1',
      'c publish 2',
      'c subscribe',
    ]);
    // The same words are one message, and one that has a name needs no direction.
    expect(both(text, text)).toEqual(['c']);
    expect(both('{ name: m, payload: {} }', count)).toEqual(['m', 'c']);
  });

  it('lets traits have the last word, and joins their headers with those of the message', () => {
    expect(order).toMatchObject({
      contentType: 'application/json',
      correlationId: { in: 'headers', path: ['trace'] },
    });
    expect(workspace.schemas[order?.headers ?? '']?.json).toMatchObject({ allOf: [{}, {}] });
    expect(changed?.contentType).toBe('application/cloudevents+json');
  });

  it('keeps what stands beside a reference where the dialect gives it meaning', () => {
    const schema = workspace.schemas[gone?.payload ?? ''];
    expect(schema).toMatchObject({ dialect: '2020-12', json: { minLength: 3, allOf: [{}] } });
  });
});

describe('an AsyncAPI 3 document', () => {
  it('merges traits in order and lets the message have the last word', () => {
    const { workspace } = read({
      'a.yaml': doc(`
channels:
  c:
    messages:
      M:
        title: own
        traits:
          - { title: first, summary: first, x-contract: { aggregate: A, retention: P1D } }
          - { summary: second, x-contract: { retention: P2D } }
        payload: { type: object }
`),
    });
    expect(workspace.messages).toMatchObject([
      { title: 'own', summary: 'second', contract: { aggregate: 'A', retention: 172_800_000 } },
    ]);
  });

  it.each([
    ['2.6.0', { own: 'string', both: 'string', less: 'integer' }, ['both']],
    ['3.0.0', { own: 'string', both: 'integer', less: 'string' }, ['own']],
  ])('%s: where headers and those of a trait disagree, merges them', (version, types, required) => {
    const message = `
        name: m
        payload: { type: object }
        headers: { type: object, additionalProperties: false, required: [own], properties: { own: { type: string }, both: { type: integer, minimum: 1 }, less: { type: string } } }
        traits: [{ headers: { type: object, required: [both], properties: { both: { $ref: '#/components/schemas/Text' }, less: { type: integer } } } }]`;
    const { workspace } = read({
      'a.yaml': `asyncapi: ${version}\ninfo: { title: T, version: 1.0.0 }\nchannels:\n  c:\n${
        version === '2.6.0' ? `    subscribe:\n      message:${message}` : `    messages:\n      m:${message}`
      }\ncomponents: { schemas: { Text: { type: string, maxLength: 9 } } }`,
    });
    const [{ headers = '' } = {}] = workspace.messages;
    const json = workspace.schemas[headers]?.json as SchemaObject;
    const properties = Object.entries(json.properties as Record<string, SchemaObject>);
    expect(Object.fromEntries(properties.map(([name, it]) => [name, it.type]))).toEqual(types);
    expect(json.required).toEqual(required);
    expect(json.properties).toMatchObject({ both: { minimum: 1, maxLength: 9 } });
    expect(json.additionalProperties).toBe(false);
  });

  it('knows what may stand in an address, in the order of the address', () => {
    const { workspace, diagnostics } = read({
      'a.yaml': doc(`
channels:
  c:
    address: orders.{region}.{shop}
    parameters:
      shop: { $ref: '#/components/parameters/shop' }
      region: { enum: [eu, us], default: eu, location: $message.header#/region }
    messages: { M: { payload: { type: object } } }
components: { parameters: { shop: { description: Which shop., examples: [cork] } } }
`),
    });
    expect(diagnostics).toEqual([]);
    expect(workspace.channels[0]?.parameters).toEqual([
      {
        name: 'region',
        at: { file: 'a.yaml', pointer: '/channels/c/parameters/region' },
        values: ['eu', 'us'],
        default: 'eu',
        examples: [],
        location: { in: 'headers', path: ['region'] },
      },
      {
        name: 'shop',
        at: { file: 'a.yaml', pointer: '/components/parameters/shop' },
        description: 'Which shop.',
        examples: ['cork'],
      },
    ]);
  });

  it('knows parameters that are not in the address, behind those that are', () => {
    const { workspace } = read({
      'a.yaml': doc(`
channels:
  c:
    address: '{shop}.{region}'
    parameters: { site: {}, area: {}, region: {}, shop: {} }
    messages: { M: { payload: { type: object } } }
`),
    });
    expect(workspace.channels[0]?.parameters.map((it) => it.name)).toEqual([
      'shop',
      'region',
      'area',
      'site',
    ]);
  });

  it('shares a channel with the documents that refer to it, and knows who sends and who receives', () => {
    const { workspace } = read({
      'shop/a.asyncapi.yaml': doc(
        "channels: { c: { messages: { M: { payload: true } } } }\noperations: { s: { action: send, channel: { $ref: '#/channels/c' } } }",
      ),
      'shop/b.asyncapi.yaml': doc(
        "channels: { d: { $ref: 'a.asyncapi.yaml#/channels/c' } }\noperations: { r: { action: receive, channel: { $ref: '#/channels/d' } } }",
      ),
    });
    const [message] = workspace.messages;
    expect(sendersOf(workspace, message!.id).map((it) => it.name)).toEqual(['a']);
    expect(consumersOf(workspace, message!.id).map((it) => it.name)).toEqual(['b']);
  });

  it('knows the answer to a request', () => {
    const { workspace } = read({
      'a.yaml': doc(`
channels:
  ask: { messages: { Question: { payload: true } } }
  answer: { messages: { Yes: { payload: true }, No: { payload: true } } }
operations:
  asked:
    action: receive
    channel: { $ref: '#/channels/ask' }
    reply: { channel: { $ref: '#/channels/answer' }, messages: [{ $ref: '#/channels/answer/messages/No' }] }
`),
    });
    expect(workspace.operations).toMatchObject([
      { reply: { channel: 'a.yaml#/channels/answer', messages: ['a.yaml#/channels/answer/messages/No'] } },
    ]);
  });

  it('takes a plain JSON Schema document in its own dialect, anchors included', () => {
    const { workspace, diagnostics } = read({
      'a.yaml': doc("channels: { c: { messages: { M: { payload: { $ref: './order.json#order' } } } } }"),
      'order.json': JSON.stringify({
        $schema: 'https://json-schema.org/draft/2020-12/schema',
        $defs: {
          id: { type: 'string' },
          order: { $anchor: 'order', properties: { id: { $ref: '#/$defs/id', minLength: 3 } } },
        },
      }),
    });
    expect(diagnostics).toEqual([]);
    const payload = workspace.schemas[workspace.messages[0]?.payload ?? ''];
    expect(payload?.json).toMatchObject({
      properties: { id: { minLength: 3, allOf: [{ $ref: 'order.json#/$defs/id' }] } },
    });
  });
});

describe('an Avro payload', () => {
  const avro = {
    type: 'record',
    name: 'Order',
    namespace: 'shop',
    fields: [
      { name: 'id', type: { type: 'string', logicalType: 'uuid' } },
      { name: 'total', type: 'int' },
      { name: 'state', type: { type: 'enum', name: 'State', symbols: ['OPEN', 'PAID'] }, default: 'OPEN' },
      { name: 'parent', type: ['null', 'Order'], default: null },
      { name: 'tags', type: { type: 'map', values: { type: 'array', items: 'shop.State' } }, default: {} },
      // A name that every object has.
      { name: 'size', type: { type: 'enum', name: 'constructor', symbols: ['S', 'L'] }, default: 'S' },
      { name: 'fit', type: 'constructor', default: 'S' },
    ],
  };
  const withExample = (payload: object) => {
    const { workspace, diagnostics } = read({
      'a.yaml': doc(
        `channels: { c: { messages: { M: ${JSON.stringify({
          summary: 'x',
          payload: { schemaFormat: 'application/vnd.apache.avro;version=1.9.0', schema: avro },
          examples: [{ payload }],
        })} } } }`,
      ),
    });
    return [...diagnostics, ...lint(workspace)].map(
      ({ at, note }) => `${at.pointer.split('/payload')[1]} ${note}`,
    );
  };
  const id = '0cb1e29c-658c-4a14-95e6-0af593bd04cf';

  it('is checked like any other', () => {
    expect(withExample({ id, total: 1, parent: { id, total: 2 }, tags: { a: ['PAID'] } })).toEqual([]);
    expect(
      withExample({ id, total: 1, parent: { id, total: 1.5 }, tags: { a: ['OWED'] }, fit: 'M' }),
    ).toEqual([
      '/parent/total the number 1.5; the schema wants an integer from -2147483648 to 2147483647',
      '/tags/a/0 "OWED"; the schema wants `OPEN` or `PAID`',
      '/fit "M"; the schema wants `S` or `L`',
    ]);
  });
});

it.each(['', '+json', '+yaml'])(
  'reads the schemas of OpenAPI 3.0 (%s) in the words of JSON Schema',
  (suffix) => {
    const { workspace, diagnostics } = read({
      'a.yaml': doc(`channels:
  c:
    messages:
      M:
        payload:
          schemaFormat: application/vnd.oai.openapi${suffix};version=3.0.3
          schema:
            type: object
            required: [kind]
            discriminator: { propertyName: kind, mapping: { a: '#/components/schemas/A' } }
            properties:
              kind: { type: string, enum: [a, b] }
              note: { type: string, nullable: true, example: seen }
              amount: { type: number, minimum: 0, exclusiveMinimum: true, nullable: false }`),
    });
    expect(diagnostics).toEqual([]);
    const [message] = workspace.messages;
    const schema = workspace.schemas[message?.payload ?? ''];
    expect(schema?.dialect).toBe('draft-07');
    expect(schema?.json).toEqual({
      type: 'object',
      required: ['kind'],
      properties: {
        kind: { type: 'string', enum: ['a', 'b'] },
        note: { type: ['string', 'null'], examples: ['seen'] },
        amount: { type: 'number', exclusiveMinimum: 0 },
      },
    });
  },
);

it('calls what stands in a multi-format schema object as that is called', () => {
  const { workspace, diagnostics } = read({
    'a.yaml': doc(`channels:
  c:
    messages:
      M: { payload: { $ref: '#/components/schemas/Cat/schema' } }
components:
  schemas:
    Cat: { schemaFormat: application/schema+json;version=draft-07, schema: { type: string } }`),
  });
  expect(diagnostics).toEqual([]);
  expect(workspace.schemas[workspace.messages[0]?.payload ?? '']?.name).toBe('Cat');
});

it('says which required headers of a message the trait of an AsyncAPI 2 document leaves out', () => {
  const { diagnostics } = read({
    'a.yaml': `asyncapi: 2.6.0
info: { title: T, version: 1.0.0 }
channels:
  c:
    publish:
      message:
        name: M
        headers: { type: object, required: [tenant], properties: { tenant: { type: string } } }
        payload: { type: string }
        traits:
          - headers: { type: object, required: [trace], properties: { trace: { type: string } } }
`,
  });
  expect(diagnostics).toMatchObject([
    {
      code: 'message/required-replaced',
      at: { pointer: '/channels/c/publish/message/traits/0/headers/required' },
      message: expect.stringContaining('`tenant` is no longer required'),
    },
  ]);
});

it('reads the schemas of OpenAPI 3.1 as JSON Schema 2020-12', () => {
  const { workspace, diagnostics } = read({
    'a.yaml': doc(`channels:
  c:
    messages:
      M:
        payload:
          schemaFormat: application/vnd.oai.openapi+json;version=3.1.0
          schema: { type: array, prefixItems: [{ type: string }], items: false }`),
  });
  expect(diagnostics).toEqual([]);
  expect(workspace.schemas[workspace.messages[0]?.payload ?? '']).toMatchObject({
    dialect: '2020-12',
    json: { prefixItems: [{ type: 'string' }], items: false },
  });
});

it.each([
  ['application/vnd.google.protobuf;version=3', 'Protobuf'],
  ['application/raml+yaml;version=1.0', 'RAML'],
])('says that %s is not read, and reads the rest', (schemaFormat, language) => {
  const { workspace, diagnostics } = read({
    'a.yaml': doc(
      `channels: { c: { messages: { M: { payload: { schemaFormat: '${schemaFormat}', schema: x } } } } }`,
    ),
  });
  expect(diagnostics).toMatchObject([{ code: 'schema/not-read', severity: 'info' }]);
  expect(diagnostics[0]?.message).toContain(language);
  expect(workspace.messages).toHaveLength(1);
});

describe('references', () => {
  it.each([
    ['unescaped keys', "{ $ref: '#/components/schemas/a~1b' }"],
    ['encoded pointers', "{ $ref: '#/components/schemas/a%7E1b' }"],
    ['other files', "{ $ref: './schemas/x.json' }"],
    ['folders above', "{ $ref: '../shop/schemas/x.json#/properties/id' }"],
  ])('lead on through %s', (_, ref) => {
    expect(
      codes({
        'shop/a.yaml': doc(
          `channels: { c: { messages: { M: { payload: ${ref} } } } }\ncomponents: { schemas: { a/b: { type: string } } }`,
        ),
        'shop/schemas/x.json': '{"properties": {"id": {"$ref": "y.json"}}}',
        'shop/schemas/y.json': '{"type": "string"}',
      }).filter((it) => !/^(component\/unused|document\/key-invalid)/.test(it)),
    ).toEqual([]);
  });

  it('that mean the schema by `#` are told that it is the document', () => {
    const { diagnostics } = read({
      'a.yaml': doc(
        "channels: { c: { messages: { M: { payload: { $ref: '#/$defs/A', $defs: { A: { type: string } } } } } } }",
      ),
    });
    expect(diagnostics.map(({ code, message }) => `${code} ${message}`)).toEqual([
      'reference/unresolved `#/$defs/A` does not resolve; did you mean `#/channels/c/messages/M/payload/$defs/A`?',
    ]);
  });

  it.each([
    ['misspelt', 'asynapi: 3.0.0\ninfo: {}\n', '/asynapi'],
    ['one level down', 'service: { asyncapi: 3.0.0, info: {}, channels: {} }\n', '/service'],
    ['of a file that is something else', 'openapi: 3.0.0\ninfo: {}\npaths: {}\n', undefined],
    ['of schemas', 'Order: { type: object }\n', undefined],
  ])('a first key %s', (_, text, pointer) => {
    const found = read({ 'a.yaml': text }).diagnostics.map(({ code, at }) => `${code} ${at.pointer}`);
    expect(found).toEqual(pointer === undefined ? [] : [`document/not-asyncapi ${pointer}`]);
  });

  it('are reported where they stand, each once, however many refer to it', () => {
    const channel = "{ messages: { M: { payload: { $ref: '#/components/schemas/B' } } } }";
    expect(
      codes({
        'a.yaml': doc(
          `channels: { c: ${channel}, d: ${channel} }\ncomponents: { schemas: { B: { properties: { x: { $ref: './gone.yaml' } } } } }`,
        ),
      }),
    ).toEqual(['reference/unresolved a.yaml#/components/schemas/B/properties/x/$ref']);
  });

  it('are reported at the end of a chain that nothing else comes by', () => {
    const files = {
      'a.yaml': doc('channels: { c: { address: a, messages: { M: { payload: { $ref: ./b.json } } } } }'),
      'b.json': '{ "$ref": "./c.json" }',
      'c.json': '{ "$ref": "https://example.com/schema" }',
    };
    expect(codes(files)).toEqual(['reference/remote c.json#/$ref']);
    expect(codes({ ...files, 'c.json': '{ "$ref": "./d.json" }' })).toEqual([
      'reference/unresolved c.json#/$ref',
    ]);
  });

  it('are told of one circle once, wherever documents come into it', () => {
    const into = (key: string) => doc(`channels: { c: { $ref: './ring.yaml#/${key}' } }`);
    const ring = 'a: { $ref: "#/b" }\nb: { $ref: "#/a" }\n';
    expect(codes({ 'x.yaml': into('a'), 'y.yaml': into('b'), 'ring.yaml': ring })).toEqual([
      'reference/circular x.yaml#/channels/c/$ref',
    ]);
  });

  it('may run in circles through what they define, but not without defining anything', () => {
    const tree = "{ $ref: '#/components/schemas/Tree' }";
    expect(
      codes({
        'a.yaml': doc(
          `channels: { c: { messages: { M: { payload: ${tree} } } } }\ncomponents: { schemas: { Tree: { properties: { left: ${tree} } } } }`,
        ),
      }),
    ).toEqual([]);
    expect(
      codes({
        'a.yaml': doc("channels: { c: { $ref: './b.yaml' } }"),
        'b.yaml': '$ref: ./c.yaml',
        'c.yaml': '$ref: ./b.yaml',
      }),
    ).toEqual(['reference/circular a.yaml#/channels/c/$ref']);
  });

  it.each([
    ['#/channels/ordesr', '', '#/channels/orders'],
    ['./b.yml#/x', ': there is no file `b.yml`', './b.yaml#/x'],
    ['#channels/orders', '', '#/channels/orders'],
  ])('suggest what %s may have meant', (ref, missing, meant) => {
    const { diagnostics } = read({
      'a.yaml': doc(`channels: { orders: {}, c: { $ref: '${ref}' } }`),
      'b.yaml': 'x: {}',
    });
    expect(diagnostics[0]?.message).toBe(`\`${ref}\` does not resolve${missing}; did you mean \`${meant}\`?`);
  });
});

it('tells a file that is missing from a place that is missing in a file', () => {
  const fixes = (ref: string) =>
    read({ 'a.yaml': doc(`channels: { c: { $ref: '${ref}' } }`), 'b.yaml': 'x: {}' }).diagnostics.map(
      ({ message, fix }) => `${message} | ${fix}`,
    );
  expect(fixes('./elsewhere/types.yaml#/x')).toEqual([
    '`./elsewhere/types.yaml#/x` does not resolve: there is no file `elsewhere/types.yaml` | Add the file, or refer to one that exists. Paths are relative to the file with the reference.',
  ]);
  expect(fixes('./b.yaml#/quantity')).toEqual([
    '`./b.yaml#/quantity` does not resolve | Define `/quantity` in b.yaml, or refer to something that exists.',
  ]);
});

it('reports every fault at once, and none twice', () => {
  expect(
    codes({
      'a.yaml': doc(`
channels:
  c: { adress: x, messages: { M: { payload: { type: objct } } } }
oparations: {}
operations:
  o: { action: sned, channel: { $ref: '#/channels/x' } }
`),
    }),
  ).toEqual([
    'document/unknown-key a.yaml#/channels/c/adress',
    'document/unknown-value a.yaml#/channels/c/messages/M/payload/type',
    'document/unknown-key a.yaml#/oparations',
    'document/unknown-value a.yaml#/operations/o/action',
    'reference/unresolved a.yaml#/operations/o/channel/$ref',
  ]);
});

it('suggests a name however many were misspelt in the run before', () => {
  const schemas = (count: number) => Array.from({ length: count }, (_, n) => `S${n}: {}`);
  const wrong = (name: string) => `{ $ref: '#/components/schemas/${name}' }`;
  const misspelt = (count: number) =>
    Array.from({ length: count }, (_, n) => `W${n}: ${wrong(`${'x'.repeat(90)}${n}`)}`);
  const message = (all: readonly string[]) =>
    read({ 'a.yaml': doc(`components: { schemas: { ${all.join(', ')} } }\n`) }).diagnostics.at(-1)?.message;
  const one = `Wrong: ${wrong('S1O0')}`;
  expect(message([...schemas(6_000), ...misspelt(500), one])).not.toContain('did you mean');
  expect(message([...schemas(600), one])).toContain('did you mean');
});

it('reads lists of parts that are kept in another file', () => {
  const { workspace, diagnostics } = read({
    'a/orders.asyncapi.yaml':
      "asyncapi: 2.6.0\ninfo: { title: T, version: '1' }\nchannels: { $ref: './channels.yaml' }\nservers: { $ref: './all.yaml#/servers' }\ncomponents: { schemas: { $ref: './all.yaml#/schemas' } }\n",
    'a/channels.yaml':
      "orders/{id}: { parameters: { $ref: './all.yaml#/parameters' }, publish: { message: { $ref: './orders.asyncapi.yaml#/components/schemas/M' } } }\n",
    'a/all.yaml':
      'servers: { s: { url: x, protocol: nats } }\nparameters: { id: { schema: { type: string } } }\nschemas: { M: { name: order.placed } }\n',
  });
  expect(diagnostics.map(({ code }) => code)).toEqual([]);
  expect(workspace.services[0]?.servers).toMatchObject([{ key: 's', address: 'x' }]);
  expect(workspace.channels).toMatchObject([{ address: 'orders/{id}', parameters: [{ name: 'id' }] }]);
  expect(workspace.messages.map(({ name }) => name)).toEqual(['order.placed']);
});
