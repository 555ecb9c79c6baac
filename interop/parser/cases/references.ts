/** References wherever somebody might put one; operations and messages of AsyncAPI 3. */

const H3 = 'asyncapi: 3.0.0\ninfo: { title: T, version: 1.0.0 }\n';
const H2 = 'asyncapi: 2.6.0\ninfo: { title: T, version: 1.0.0 }\n';
const msg = (s: string, more = '') => `${H2}channels: {}\ncomponents: { messages: { M: ${s} }${more} }\n`;
const sch = (s: string, more = '') => `${H2}channels: {}\ncomponents: { schemas: { A: ${s}${more} } }\n`;
const msg3 = (s: string, more = '') => `${H3}channels: { c: { messages: { M: ${s} } } }\n${more}`;
const PB = "schemaFormat: 'application/vnd.google.protobuf;version=3'";
const op3 = (s: string, more = '') =>
  `${H3}channels: { c: { messages: { M: {} } }, d: { messages: { N: {} } } }\noperations: { o: ${s} }\n${more}`;

export const REFERENCES: Readonly<Record<string, string>> = {
  'pb ex': msg(`{ ${PB}, payload: 'message A {}', examples: [{ payload: { a: 1 } }] }`),
  'pb ex ref': msg(`{ ${PB}, payload: { $ref: 'x.proto' } }`),
  'pb obj ex': msg(`{ ${PB}, payload: { a: b }, examples: [{ payload: { a: 1 } }] }`),
  'pb default in payload': msg(`{ ${PB}, payload: { type: integer, default: 1.5 } }`),
  'pb headers ex': msg(
    `{ ${PB}, headers: { type: object, required: [a] }, payload: 'message A {}', examples: [{ headers: {} }] }`,
  ),
  'raml ex': msg(
    "{ schemaFormat: 'application/raml+yaml;version=1.0', payload: { type: object }, examples: [{ payload: 1 }] }",
  ),
  'oai ex': msg(
    "{ schemaFormat: 'application/vnd.oai.openapi;version=3.0.0', payload: { type: string, nullable: true }, examples: [{ payload: 1 }] }",
  ),
  'avro ex wrong': msg(
    "{ schemaFormat: 'application/vnd.apache.avro;version=1.9.0', payload: { type: record, name: A, fields: [{ name: a, type: int }] }, examples: [{ payload: { a: x } }] }",
  ),
  'avro str payload ex': msg(
    "{ schemaFormat: 'application/vnd.apache.avro;version=1.9.0', payload: 'string', examples: [{ payload: 5 }] }",
  ),
  '2020 ex': msg(
    "{ schemaFormat: 'application/schema+json;version=draft/2020-12', payload: { type: string }, examples: [{ payload: 5 }] }",
  ),
  '2020 bad kw': msg(
    "{ schemaFormat: 'application/schema+json;version=draft/2020-12', payload: { type: foo } }",
  ),
  'unknown fmt payload false-y': msg("{ schemaFormat: foo/bar, payload: '', examples: [{ payload: 5 }] }"),
  'pb oneOf': `${H2}channels: { c: { publish: { message: { oneOf: [{ ${PB}, payload: { type: integer }, examples: [{ payload: a }] }] } } } }`,
  'pb direct': `${H2}channels: { c: { publish: { message: { ${PB}, payload: { type: integer }, examples: [{ payload: a }] } } } }`,
  // refs
  'ref empty': sch("{ properties: { a: { $ref: '' } } }"),
  'ref hash': sch("{ properties: { a: { $ref: '#' } } }"),
  'ref hash slash': sch("{ properties: { a: { $ref: '#/' } } }"),
  'ref null': sch('{ properties: { a: { $ref: ~ } } }'),
  'ref num': sch('{ properties: { a: { $ref: 5 } } }'),
  'ref list': sch('{ properties: { a: { $ref: [] } } }'),
  'ref missing': sch("{ properties: { a: { $ref: '#/components/schemas/Z' } } }"),
  'ref no hash': sch("{ properties: { a: { $ref: '/components/schemas/B' } } }", ', B: {}'),
  'ref no slash': sch("{ properties: { a: { $ref: '#components/schemas/B' } } }", ', B: {}'),
  'ref bare': sch("{ properties: { a: { $ref: 'B' } } }", ', B: {}'),
  'ref self': sch("{ $ref: '#/components/schemas/A' }"),
  'ref loop 2': sch("{ $ref: '#/components/schemas/B' }", ", B: { $ref: '#/components/schemas/A' }"),
  'ref to str': sch("{ $ref: '#/info/title' }"),
  'ref to null': sch("{ $ref: '#/components/x-n' } }, x-n: ~, messages: { "),
  'ref file missing': sch("{ $ref: './nope.yaml' }"),
  'ref file missing frag': sch("{ $ref: './nope.yaml#/a' }"),
  'ref index': sch('{ oneOf: [{ type: string }] }', ", B: { $ref: '#/components/schemas/A/oneOf/0' }"),
  'ref index bad': sch('{ oneOf: [{ type: string }] }', ", B: { $ref: '#/components/schemas/A/oneOf/1' }"),
  'ref through ref': sch(
    "{ $ref: '#/components/schemas/C' }",
    ", C: { properties: { x: { type: string } } }, B: { $ref: '#/components/schemas/A/properties/x' }",
  ),
  'ref tilde': sch('{}', ", 'a~b': {}, B: { $ref: '#/components/schemas/a~0b' }"),
  'ref in enum': sch("{ enum: [{ $ref: '#/nope' }] }"),
  'ref in const ok': sch("{ const: { $ref: '#/info' } }"),
  'ref in default': sch("{ default: { $ref: '#/nope' } }"),
  'ref prop named ok': sch('{ properties: { $ref: { type: string } } }'),
  'ref prop named required': sch('{ required: [$ref], properties: { $ref: { type: string } } }'),
  'ref anchor': sch("{ properties: { a: { $ref: '#foo' }, b: { $id: '#foo' } } }"),
  $anchor: sch("{ properties: { a: { $ref: '#foo' }, b: { $anchor: foo } } }"),
  'ref root schema': sch("{ properties: { a: { $ref: '#/components/schemas' } } }"),
  'ref wrong kind': sch(
    "{ properties: { a: { $ref: '#/components/messages/M' } } } }, messages: { M: { name: x } ",
  ),
  'ref message to schema': `${H2}channels: { c: { publish: { message: { $ref: '#/components/schemas/S' } } } }\ncomponents: { schemas: { S: { type: object } } }`,
  'ref 3 message to schema': `${H3}channels: { c: { messages: { M: { $ref: '#/components/schemas/S' } } } }\ncomponents: { schemas: { S: { type: object } } }`,
  'ref with sibling desc': sch(
    "{ properties: { a: { $ref: '#/components/schemas/B', description: x } } }",
    ', B: {}',
  ),
  'ref message with sibling': `${H2}channels: { c: { publish: { message: { $ref: '#/components/messages/S', name: z } } } }\ncomponents: { messages: { S: {} } }`,
  'ref message with bad sibling': `${H2}channels: { c: { publish: { message: { $ref: '#/components/messages/S', foo: z } } } }\ncomponents: { messages: { S: {} } }`,
  'ref chan sibling': `${H2}channels: { c: { $ref: '#/components/channels/S', description: z, foo: z } }\ncomponents: { channels: { S: {} } }`,
  'ref 3 sibling foo': `${H3}channels: { c: { $ref: '#/components/channels/S', foo: z } }\ncomponents: { channels: { S: {} } }`,
  'ref op': `${H2}channels: { c: { publish: { $ref: '#/components/x-o' } } }\ncomponents: { x-o: {} }`,
  'ref info':
    'asyncapi: 3.0.0\ninfo: { $ref: "#/components/x-i" }\ncomponents: { x-i: { title: a, version: b } }',
  'ref servers': `${H2}channels: {}\nservers: { $ref: '#/components/servers' }\ncomponents: { servers: { a: { url: a, protocol: b } } }`,
  'ref channels': `${H3}channels: { $ref: '#/components/channels' }\ncomponents: { channels: { a: {} } }`,
  'ref components': `${H3}components: { $ref: '#/x-c' }\nx-c: { schemas: { A: {} } }`,
  'ref schemas': `${H3}components: { schemas: { $ref: '#/components/x-c' }, x-c: { A: {} } }`,
  'ref properties': sch(
    "{ properties: { $ref: '#/components/schemas/B/properties' } }",
    ', B: { properties: { a: {} } }',
  ),
  'ref payload v3 multi': msg3(
    "{ payload: { $ref: '#/components/schemas/A' } }",
    "components: { schemas: { A: { schemaFormat: 'application/schema+json;version=draft-07', schema: { type: string } } } }",
  ),
  'ref schema in multi': msg3(
    "{ payload: { schemaFormat: 'application/schema+json;version=draft-07', schema: { $ref: '#/components/schemas/A' } } }",
    'components: { schemas: { A: { type: foo } } }',
  ),
  'ref root doc': sch("{ properties: { a: { $ref: '#/info' } } }"),
  'ref in ext': `${H3}x-a: { $ref: '#/info' }`,
  'ref in ext missing file': `${H3}x-a: { $ref: './foo' }`,
  'ref ex payload': `${msg3('{ payload: { type: object }, examples: [{ payload: { $ref: "#/info" } }] }')}`,
  'ref in description': H3.replace('1.0.0 }', '1.0.0, description: "$ref: x" }'),
  'ref tags item': `${H2}channels: {}\ntags: [{ $ref: '#/components/x-t' }]\ncomponents: { x-t: { name: a } }`,
  'ref examples': msg("{ examples: { $ref: '#/components/x-e' } }", ', x-e: [{ payload: 1 }]'),
  'ref example item': msg("{ examples: [{ $ref: '#/components/x-e' }] }", ', x-e: { payload: 1 }'),
  'ref payload in example': msg(
    "{ payload: { type: object }, examples: [{ payload: { $ref: '#/components/x-e' } }] }",
    ', x-e: { a: 1 }',
  ),
  'ref headers 2': msg(
    "{ headers: { $ref: '#/components/schemas/A' } }",
    ', schemas: { A: { type: object } }',
  ),
  'ref param schema': `${H2}channels: { 'a/{b}': { parameters: { b: { schema: { $ref: '#/components/schemas/A' } } } } }\ncomponents: { schemas: { A: { type: string } } }`,
  'ref param': `${H2}channels: { 'a/{b}': { parameters: { b: { $ref: '#/components/parameters/A' } } } }\ncomponents: { parameters: { A: { schema: { type: string } } } }`,
  'ref params': `${H2}channels: { 'a/{b}': { parameters: { $ref: '#/components/parameters' } } }\ncomponents: { parameters: { b: { schema: { type: string } } } }`,
  'ref bindings 2': `${H2}channels: { c: { bindings: { $ref: '#/components/channelBindings/A' } } }\ncomponents: { channelBindings: { A: { kafka: {} } } }`,
  'ref binding one': `${H2}channels: { c: { bindings: { kafka: { $ref: '#/components/x-b' } } } }\ncomponents: { x-b: { topic: a } }`,
  'ref flows': `${H2}channels: {}\ncomponents: { securitySchemes: { o: { type: oauth2, flows: { $ref: '#/components/x-f' } } }, x-f: { implicit: { authorizationUrl: 'https://a.b', scopes: {} } } }`,
  'ref traits item': msg(
    "{ traits: [{ $ref: '#/components/messageTraits/T' }] }",
    ', messageTraits: { T: {} }',
  ),
  'ref traits': msg("{ traits: { $ref: '#/components/x-T' } }", ', x-T: [{}]'),
  'ref corr': msg(
    "{ correlationId: { $ref: '#/components/correlationIds/T' } }",
    ", correlationIds: { T: { location: '$message.header#/a' } }",
  ),
  'ref ext docs': msg("{ externalDocs: { $ref: '#/components/x-d' } }", ", x-d: { url: 'https://a.b' }"),
  'ref ext docs 3': msg3(
    "{ externalDocs: { $ref: '#/components/externalDocs/d' } }",
    "components: { externalDocs: { d: { url: 'https://a.b' } } }",
  ),
  'ref contact': `asyncapi: 3.0.0\ninfo: { title: a, version: b, contact: { $ref: '#/components/x-c' } }\ncomponents: { x-c: { name: a } }`,
  // v3 ops
  'op no action': op3("{ channel: { $ref: '#/channels/c' } }"),
  'op bad action': op3("{ action: publish, channel: { $ref: '#/channels/c' } }"),
  'op no channel': op3('{ action: send }'),
  'op channel str': op3('{ action: send, channel: c }'),
  'op channel inline': op3('{ action: send, channel: { address: x } }'),
  'op foreign msg': op3(
    "{ action: send, channel: { $ref: '#/channels/c' }, messages: [{ $ref: '#/channels/d/messages/N' }] }",
  ),
  'op comp msg': op3(
    "{ action: send, channel: { $ref: '#/channels/c' }, messages: [{ $ref: '#/components/messages/N' }] }",
    'components: { messages: { N: {} } }',
  ),
  'op msg missing': op3(
    "{ action: send, channel: { $ref: '#/channels/c' }, messages: [{ $ref: '#/channels/c/messages/X' }] }",
  ),
  'op msg inline': op3("{ action: send, channel: { $ref: '#/channels/c' }, messages: [{ name: a }] }"),
  'op msgs empty': op3("{ action: send, channel: { $ref: '#/channels/c' }, messages: [] }"),
  'op msgs dup': op3(
    "{ action: send, channel: { $ref: '#/channels/c' }, messages: [{ $ref: '#/channels/c/messages/M' }, { $ref: '#/channels/c/messages/M' }] }",
  ),
  'op comp channel': op3(
    "{ action: send, channel: { $ref: '#/components/channels/e' } }",
    'components: { channels: { e: {} } }',
  ),
  'op in comp comp channel': `${H3}components: { channels: { e: {} }, operations: { o: { action: send, channel: { $ref: '#/components/channels/e' } } } }`,
  'op ref comp': op3(
    "{ $ref: '#/components/operations/o' }",
    "components: { operations: { o: { action: send, channel: { $ref: '#/channels/c' } } } }",
  ),
  'op ref comp ch comp': op3(
    "{ $ref: '#/components/operations/o' }",
    "components: { channels: { e: {} }, operations: { o: { action: send, channel: { $ref: '#/components/channels/e' } } } }",
  ),
  'op channel ref ref': `${H3}channels: { c: { $ref: '#/components/channels/e' } }\noperations: { o: { action: send, channel: { $ref: '#/channels/c' }, messages: [{ $ref: '#/channels/c/messages/M' }] } }\ncomponents: { channels: { e: { messages: { M: {} } } } }`,
  'op channel to server': `${H3}servers: { c: { host: a, protocol: b } }\noperations: { o: { action: send, channel: { $ref: '#/servers/c' } } }`,
  'op channel to nested': op3("{ action: send, channel: { $ref: '#/channels/c/messages/M' } }"),
  'op msg to channel': op3(
    "{ action: send, channel: { $ref: '#/channels/c' }, messages: [{ $ref: '#/channels/c' }] }",
  ),
  'op msg to schema': `${H3}channels: { c: { messages: { M: { payload: { type: object } } } } }\noperations: { o: { action: send, channel: { $ref: '#/channels/c' }, messages: [{ $ref: '#/channels/c/messages/M/payload' }] } }`,
  'reply no address': op3(
    "{ action: send, channel: { $ref: '#/channels/c' }, reply: { messages: [{ $ref: '#/channels/c/messages/M' }] } }",
  ),
  'reply empty': op3("{ action: send, channel: { $ref: '#/channels/c' }, reply: {} }"),
  'reply addr bad loc': op3(
    "{ action: send, channel: { $ref: '#/channels/c' }, reply: { address: { location: foo } } }",
  ),
  'reply addr no loc': op3("{ action: send, channel: { $ref: '#/channels/c' }, reply: { address: {} } }"),
  'reply channel comp': op3(
    "{ action: send, channel: { $ref: '#/channels/c' }, reply: { channel: { $ref: '#/components/channels/e' } } }",
    'components: { channels: { e: {} } }',
  ),
  'reply foreign': op3(
    "{ action: send, channel: { $ref: '#/channels/c' }, reply: { channel: { $ref: '#/channels/c' }, messages: [{ $ref: '#/channels/d/messages/N' }] } }",
  ),
  'op publish 3': `${H3}channels: { c: { publish: {} } }`,
  'op message 3': op3("{ action: send, channel: { $ref: '#/channels/c' }, message: {} }"),
  'op trait action': op3("{ action: send, channel: { $ref: '#/channels/c' }, traits: [{ action: send }] }"),
  'op trait no': op3(
    "{ action: send, channel: { $ref: '#/channels/c' }, traits: [{ $ref: '#/components/operationTraits/z' }] }",
  ),
  'op security str': op3("{ action: send, channel: { $ref: '#/channels/c' }, security: [{ foo: [] }] }"),
  'op 3 operationId': op3("{ action: send, channel: { $ref: '#/channels/c' }, operationId: a }"),
  'msg 3 messageId': msg3('{ messageId: a }'),
  'msg 3 schemaFormat': msg3('{ schemaFormat: a }'),
  'msg 3 payload str': msg3('{ payload: a }'),
  'msg 3 payload null': msg3('{ payload: ~ }'),
  'msg 3 fmt no schema': msg3("{ payload: { schemaFormat: 'application/schema+json;version=draft-07' } }"),
  'msg 3 schema no fmt': msg3('{ payload: { schema: { type: string } } }'),
  'msg 3 fmt extra': msg3(
    "{ payload: { schemaFormat: 'application/schema+json;version=draft-07', schema: {}, foo: 1 } }",
  ),
  'msg 3 fmt num': msg3('{ payload: { schemaFormat: 5, schema: {} } }'),
  'msg 3 fmt pb': msg3(
    "{ payload: { schemaFormat: 'application/vnd.google.protobuf;version=3', schema: 'x' } }",
  ),
  'msg 3 fmt bad': msg3(
    "{ payload: { schemaFormat: 'application/schema+json;version=draft-07', schema: { type: foo } } }",
  ),
  'msg 3 fmt 2020 bad': msg3(
    "{ payload: { schemaFormat: 'application/schema+json;version=draft-2020-12', schema: { type: foo } } }",
  ),
  'msg 3 fmt aai bad': msg3(
    "{ payload: { schemaFormat: 'application/vnd.aai.asyncapi+yaml;version=3.0.0', schema: { type: foo } } }",
  ),
  'msg 3 fmt aai 2 bad': msg3(
    "{ payload: { schemaFormat: 'application/vnd.aai.asyncapi;version=2.6.0', schema: { type: foo } } }",
  ),
  'msg 3 fmt avro bad': msg3(
    "{ payload: { schemaFormat: 'application/vnd.apache.avro;version=1.9.0', schema: { type: foo } } }",
  ),
  'msg 3 fmt avro ok': msg3(
    "{ payload: { schemaFormat: 'application/vnd.apache.avro;version=1.9.0', schema: { type: record, name: a, fields: [] } } }",
  ),
  'msg 3 fmt avro logical': msg3(
    "{ payload: { schemaFormat: 'application/vnd.apache.avro+json;version=1.9.0', schema: { type: record, name: a, fields: [{ name: b, type: { type: long, logicalType: timestamp-millis } }, { name: c, type: ['null', string], default: ~ }] } } }",
  ),
  'msg 3 fmt openapi bad': msg3(
    "{ payload: { schemaFormat: 'application/vnd.oai.openapi;version=3.0.0', schema: { type: foo } } }",
  ),
  'msg 3 hdr fmt': msg3(
    "{ headers: { schemaFormat: 'application/schema+json;version=draft-07', schema: { type: foo } } }",
  ),
  'comp schema fmt bad': `${H3}components: { schemas: { A: { schemaFormat: 'application/schema+json;version=draft-07', schema: { type: foo } } } }`,
  'comp schema fmt pb': `${H3}components: { schemas: { A: { schemaFormat: 'application/vnd.google.protobuf', schema: { type: foo } } } }`,
  'msg 3 ex bad': msg3('{ payload: { type: integer }, examples: [{ payload: a }] }'),
  'msg 3 ex empty': msg3('{ examples: [{}] }'),
  'msg 3 ex raw': msg3('{ examples: [5] }'),
  'msg 3 bindings unk': msg3('{ bindings: { foo: {} } }'),
  'msg 3 bindings ver': msg3('{ bindings: { kafka: { bindingVersion: 9.9.9 } } }'),
  'msg 3 bindings latest': msg3('{ bindings: { kafka: { bindingVersion: latest, key: { type: string } } } }'),
  'bind num ver': msg3('{ bindings: { kafka: { bindingVersion: 0.4 } } }'),
  'bind extra': msg3('{ bindings: { kafka: { foo: 1 } } }'),
  'bind extra ver': msg3('{ bindings: { kafka: { foo: 1, bindingVersion: 0.4.0 } } }'),
  'bind ext': msg3('{ bindings: { kafka: { x-foo: 1 }, x-bar: 1 } }'),
  'bind null': msg3('{ bindings: { kafka: ~ } }'),
  'bind ws msg': msg3('{ bindings: { ws: {} } }'),
  'server 3 url': `${H3}servers: { c: { url: a, protocol: b } }`,
  'server 3 no protocol': `${H3}servers: { c: { host: a } }`,
  'server 3 var missing': `${H3}servers: { c: { host: '{a}', protocol: b } }`,
  'server 3 var extra': `${H3}servers: { c: { host: 'a', protocol: b, variables: { z: {} } } }`,
  'server 3 sec obj': `${H3}servers: { c: { host: 'a', protocol: b, security: [{ k: [] }] } }\ncomponents: { securitySchemes: { k: { type: X509 } } }`,
  'addr num': `${H3}channels: { c: { address: 5 } }`,
  'chan 3 msg list': `${H3}channels: { c: { messages: [] } }`,
  'chan 3 msg null': `${H3}channels: { c: { messages: ~ } }`,
  'chan 3 key w space': `${H3}channels: { 'a b': {} }`,
  'op key space': `${H3}channels: { c: {} }\noperations: { 'a b': { action: send, channel: { $ref: '#/channels/c' } } }`,
  'msg key space 3': `${H3}channels: { c: { messages: { 'a b': {} } } }`,
  'comp key space 3': `${H3}components: { messages: { 'a b': {} } }`,
  'same schema dup addr': `${H3}channels: { c: { address: a }, d: { address: a } }`,

  'ref info 3 text':
    'asyncapi: 3.0.0\ninfo: { $ref: "#/components/x-titles/someTitle" }\ncomponents: { x-titles: { someTitle: some-title } }',
  'ref info 3 obj':
    'asyncapi: 3.0.0\ninfo: { $ref: "#/components/x-i" }\ncomponents: { x-i: { title: a, version: b } }',
  'ref info 2 obj':
    'asyncapi: 2.6.0\nchannels: {}\ninfo: { $ref: "#/components/x-i" }\ncomponents: { x-i: { title: a, version: b } }',
  'ref params again': `${H2}channels: { 'a/{b}': { parameters: { $ref: '#/components/parameters' } } }\ncomponents: { parameters: { b: { schema: { type: string } } } }`,
  'ref variables': `${H2}channels: {}\nservers: { a: { url: '{a}', protocol: b, variables: { $ref: '#/components/serverVariables' } } }\ncomponents: { serverVariables: { a: {} } }`,
  'ref params bad': `${H2}channels: { 'a/{b}': { parameters: { $ref: '#/components/parameters' } } }\ncomponents: { parameters: { c: { schema: { type: string } } } }`,
  'ref channels 2': `${H2}channels: { $ref: '#/components/channels' }\ncomponents: { channels: { a: {} } }`,
  'ref channels 3': `${H3}channels: { $ref: '#/components/channels' }\ncomponents: { channels: { a: {} } }`,
  'ref channels 3 ext': `${H3}channels: { $ref: '#/x-c' }\nx-c: { a: {} }`,
  'ref operations 3': `${H3}channels: { a: {} }\noperations: { $ref: '#/components/operations' }\ncomponents: { operations: { a: { action: send, channel: { $ref: '#/channels/a' } } } }`,
  'ref messages 3': `${H3}channels: { a: { messages: { $ref: '#/components/messages' } } }\ncomponents: { messages: { a: {} } }`,
  'ref servers 3': `${H3}servers: { $ref: '#/components/servers' }\ncomponents: { servers: { a: { host: a, protocol: b } } }`,
  'ref comps messages': `${H3}components: { messages: { $ref: '#/x-m' } }\nx-m: { a: {} }`,
  'ref op 3 messages list': `${H3}channels: { a: { messages: { M: {} } } }\noperations: { o: { action: send, channel: { $ref: '#/channels/a' }, messages: { $ref: '#/x-m' } } }\nx-m: [{ $ref: '#/channels/a/messages/M' }]`,
  'ref tags list': `${H2}channels: {}\ntags: { $ref: '#/x-m' }\nx-m: [{ name: a }]`,
  'ref security list': `${H3}servers: { a: { host: a, protocol: b, security: { $ref: '#/x-m' } } }\nx-m: [{ type: X509 }]`,
  'ref enum list': `${H3}components: { schemas: { A: { enum: { $ref: '#/x-m' } } } }\nx-m: [a, b]`,
  'ref required list': `${H3}components: { schemas: { A: { required: { $ref: '#/x-m' } } } }\nx-m: [a, b]`,
  'ref asyncapi': `asyncapi: { $ref: '#/x-m' }\ninfo: { title: a, version: b }\nx-m: 3.0.0`,
  'ref title': `asyncapi: 3.0.0\ninfo: { title: { $ref: '#/x-m' }, version: b }\nx-m: foo`,
  'ref description': `${H3}channels: { a: { description: { $ref: '#/x-m' } } }\nx-m: foo`,
  'ref description file': `${H3}channels: { a: { description: { $ref: './foo.md' } } }\n`,
  'ref address': `${H3}channels: { a: { address: { $ref: '#/x-m' } } }\nx-m: foo`,
  'ref root': `$ref: '#/x-m'\nx-m: { asyncapi: 3.0.0, info: { title: a, version: b } }`,
  'ref root 2': `asyncapi: 3.0.0\ninfo: { title: a, version: b }\n$ref: '#/x-m'\nx-m: { asyncapi: 3.0.0, info: { title: a, version: b } }`,
};
