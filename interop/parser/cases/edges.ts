/** Questions that somebody asked. */

const H = 'asyncapi: 3.0.0\ninfo: { title: T, version: 1.0.0 }\n';
const H2 = 'asyncapi: 2.6.0\ninfo: { title: T, version: 1.0.0 }\n';
const M = (payload: string) => `${H}channels:\n  c:\n    messages:\n      M:\n        payload: ${payload}\n`;

export const EDGES: Readonly<Record<string, string>> = {
  'version number': 'asyncapi: 3.0.0\ninfo: { title: T, version: 1.0 }\n',
  'unquoted date description': `${H}channels: { c: { description: 2020-01-01 } }\n`,
  'numeric key': `${H}channels: { 200: { address: a } }\n`,
  'null key': `${H}channels: { ~: { address: a } }\n`,
  'bool key': `${H}x-a: { true: 1 }\n`,
  'dup key': `${H}channels: {}\nchannels: {}\n`,
  'two docs': `${H}---\na: 1\n`,
  empty: '',
  inf: `${H}x-a: .inf\n`,
  nan: `${H}x-a: .nan\n`,
  hex: `${H}x-a: 0x1F\n`,
  tag: `${H}x-a: !!str 5\n`,
  'custom tag': `${H}x-a: !foo 5\n`,
  merge: `${H}x-a: &a { title: x }\nchannels: { c: { <<: *a } }\n`,
  yes: `${H}channels: { c: { title: yes } }\n`,
  octal: 'asyncapi: 3.0.0\ninfo: { title: T, version: 012 }\n',
  'date version': 'asyncapi: 3.0.0\ninfo: { title: T, version: 2020-01-01 }\n',
  'timestamp example': M('{ type: string, format: date-time, examples: [2020-01-01T00:00:00Z] }'),
  'list root': '- a\n',
  'scalar root': 'hello\n',
  tabs: `${H}channels:\n\tc: {}\n`,
  'dollar schema 2020': M('{ $schema: "https://json-schema.org/draft/2020-12/schema", type: string }'),
  'exclusiveMinimum bool': M('{ type: integer, exclusiveMinimum: true }'),
  'payload true': M('true'),
  'payload null': M('null'),
  'payload string': M('hello'),
  'payload list': M('[]'),
  nullable: M('{ type: string, nullable: true }'),
  'enum dup': M('{ enum: [a, a] }'),
  'enum empty': M('{ enum: [] }'),
  'required empty': M('{ required: [] }'),
  'required dup': M('{ required: [a, a] }'),
  'format unknown': M('{ type: string, format: foo }'),
  circular:
    M('{ $ref: "#/components/schemas/A" }') +
    'components: { schemas: { A: { properties: { a: { $ref: "#/components/schemas/A" } } } } }\n',
  'ref in example': `${M('{ type: object }')}        examples: [ { payload: { $ref: "#/nope" } } ]\n`,
  'ref in extension': `${H}x-a: { $ref: "#/nope" }\n`,
  'ref property name': M('{ properties: { $ref: { type: string } } }'),
  'bad id': 'asyncapi: 3.0.0\nid: not a uri\ninfo: { title: T, version: 1.0.0 }\n',
  'bad email': H.replace('1.0.0 }', '1.0.0, contact: { email: x } }'),
  'bad url': H.replace('1.0.0 }', '1.0.0, contact: { url: example.com } }'),
  'x bad ext': `${H}x-: 1\n`,
  'x ext space': `${H}"x-a b": 1\n`,
  'comp bad name': `${H}components: { schemas: { "a b": { type: strng } } }\n`,
  'comp bad name2': `${H}components: { schemas: { "a b": { type: string } } }\n`,
  protobuf: M('{ schemaFormat: application/vnd.google.protobuf;version=3, schema: "message A {}" }'),
  'avro bad': M('{ schemaFormat: application/vnd.apache.avro;version=1.9.0, schema: { type: foo } }'),
  raml: M('{ schemaFormat: application/raml+yaml;version=1.0, schema: { type: object } }'),
  openapi: M(
    '{ schemaFormat: application/vnd.oai.openapi;version=3.0.0, schema: { type: string, nullable: true } }',
  ),
  'unknown format': M('{ schemaFormat: foo/bar, schema: { type: string } }'),
  'default mismatch v2': `${H2}channels: {}\ncomponents: { schemas: { A: { type: integer, default: 1.5 } } }\n`,
  'headers not object v2': `${H2}channels: {}\ncomponents: { messages: { M: { headers: { type: string } } } }\n`,
  'example v2':
    H2 +
    'channels: {}\ncomponents: { messages: { M: { payload: { type: integer }, examples: [{ payload: 1.5 }] } } }\n',
  'protobuf v2':
    H2 +
    'channels: { c: { publish: { message: { schemaFormat: "application/vnd.google.protobuf;version=3", payload: x } } } }\n',
  'param no vars v2': `${H2}channels: { c: { parameters: { a: {} } } }\n`,
  'template v2': `${H2}channels: { "a{b": {} }\n`,
  'bindings v2': `${H2}channels: { c: { bindings: { kafka: { foo: 1 } } } }\n`,
  'asyncapi number': 'asyncapi: 3.0\ninfo: { title: T, version: 1.0.0 }\n',
  bom: `\ufeff${H}`,
  crlf: H.replaceAll('\n', '\r\n'),
  'deep json pointer escape':
    H +
    'channels: { "a/b": { address: x } }\noperations: { o: { action: send, channel: { $ref: "#/channels/a~1b" } } }\n',
  'encoded ref':
    H +
    'channels: { "a b": { address: x } }\noperations: { o: { action: send, channel: { $ref: "#/channels/a%20b" } } }\n',
  'space ref':
    H +
    'channels: { "a b": { address: x } }\noperations: { o: { action: send, channel: { $ref: "#/channels/a b" } } }\n',
  siblings:
    M('{ $ref: "#/components/schemas/A", required: [x] }') +
    'components: { schemas: { A: { type: object } } }\n',
  'sibling bad':
    M('{ $ref: "#/components/schemas/A", type: strng }') +
    'components: { schemas: { A: { type: object } } }\n',
  'inline op message':
    H +
    'channels: { c: { messages: { M: {} } } }\noperations: { o: { action: send, channel: { $ref: "#/channels/c" }, messages: [ { payload: true } ] } }\n',
  'trait array v3': M('true').replace('payload: true', 'traits: [ { name: x }, [ { name: y }, {} ] ]'),
};
