import { expect, it } from 'vitest';
import { load, memoryReader } from '../load/index.ts';
import { lint } from './index.ts';

/** What people report of other validators: a fault told twice, at an odd place, or with no way out. */
function findingsIn(text: string) {
  const { workspace, diagnostics } = load(memoryReader({ 'shop/a.asyncapi.yaml': text }));
  return [...diagnostics, ...lint(workspace)];
}

function errorsIn(text: string) {
  return findingsIn(text).filter((it) => it.severity === 'error');
}

it('says once, at the reference, that `#` in an inline payload is the whole document', () => {
  const payload = "{ type: object, properties: { children: { type: array, items: { $ref: '#' } } } }";
  const errors = errorsIn(`asyncapi: 3.0.0
info: { title: T, version: 1.0.0 }
channels: { c: { address: c, messages: { M: { payload: ${payload} } } } }
operations: { s: { action: send, channel: { $ref: '#/channels/c' } } }
`);
  expect(errors).toMatchObject([
    {
      code: 'reference/wrong-kind',
      at: { pointer: '/channels/c/messages/M/payload/properties/children/items/$ref' },
      message: expect.stringContaining('the whole AsyncAPI document'),
    },
  ]);
});

it('says once that the headers of an example are no object, beside what its payload should be', () => {
  const errors = errorsIn(`asyncapi: 2.0.0
info: { title: Bad API, version: 1.0.0 }
channels: {}
components:
  messages:
    someMessage:
      payload: { type: string }
      headers: { type: object }
      examples:
        - payload: 2137
          headers: someHeader
`);
  const place = '/components/messages/someMessage/examples/0';
  expect(errors.map(({ code, at }) => `${code} ${at.pointer}`).sort()).toEqual([
    `document/wrong-shape ${place}/headers`,
    `message/example-invalid ${place}/payload`,
  ]);
});

it('says that a parameter of an address is written without `$`', () => {
  const findings = findingsIn(`asyncapi: 3.0.0
info: { title: T, version: 1.0.0 }
channels: { c: { address: 'rides/\${status}', messages: { M: { payload: { type: string } } } } }
operations: { s: { action: send, channel: { $ref: '#/channels/c' } } }
`);
  const found = findings.find(({ code }) => code === 'channel/parameter-undescribed');
  expect(found?.fix).toContain('Write `{status}`, without `$`');
});

const withComponents = (components: string) => `asyncapi: 3.0.0
info: { title: T, version: 1.0.0 }
channels: { c: { address: c, messages: { M: { $ref: '#/components/messages/M' } } } }
operations: { s: { action: send, channel: { $ref: '#/channels/c' } } }
components:
${components}`;

it.each([
  ['its trait requires and the message describes', '[tenant]', 'required: [own]', '{ tenant: {}, own: {} }'],
  ['the message requires and its trait describes', '[own]', 'required: [own, tenant]', '{ own: {} }'],
])('knows a header that %s', (_, ofTrait, ofMessage, properties) => {
  const findings = findingsIn(
    withComponents(`
  messageTraits:
    T: { headers: { type: object, required: ${ofTrait}, properties: { tenant: { type: string } } } }
  messages:
    M:
      traits: [{ $ref: '#/components/messageTraits/T' }]
      headers: { type: object, ${ofMessage}, properties: ${properties} }
      payload: { type: object }
`),
  );
  expect(findings.map(({ code }) => code)).not.toContain('schema/required-unknown');
});

it.each([
  ["{ properties: { a: { not: { $ref: '#/components/schemas/Gone' } } } }"],
  ["{ properties: { a: { oneOf: [{ type: integer }, { $ref: '#/components/schemas/Gone' }] } } }"],
  ["{ if: { $ref: '#/components/schemas/Gone' }, then: { required: [b], properties: { b: {} } } }"],
  ["{ not: { $ref: '#/components/schemas/Half' } }"],
])('holds no example against what only an unresolved reference could tell: %s', (payload) => {
  const text = withComponents(`
  messages: { M: { payload: ${payload}, examples: [{ payload: { a: 1 } }] } }
  schemas: { Half: { properties: { a: { $ref: '#/components/schemas/Gone' } } } }
`);
  expect(errorsIn(text).map(({ code }) => code)).toEqual(['reference/unresolved']);
});

it('holds examples against what is certain beside an unresolved reference', () => {
  const text = withComponents(`
  messages:
    M:
      payload: { required: [b], not: { $ref: '#/components/schemas/Gone' }, properties: { b: {} } }
      examples: [{ payload: { a: 1 } }]
`);
  expect(errorsIn(text).map(({ code }) => code)).toContain('message/example-invalid');
});

it('reads a reference to a multi-format schema object as one to the schema in it, and says so', () => {
  const text = withComponents(`
  messages:
    M:
      payload: { type: object, properties: { cat: { $ref: '#/components/schemas/Cat' } } }
      examples: [{ payload: { cat: {} } }]
  schemas:
    Cat:
      schemaFormat: application/vnd.oai.openapi;version=3.0.3
      schema: { type: object, required: [name], properties: { name: { type: string } } }
`);
  expect(findingsIn(text).filter(({ code }) => /^reference|invalid$|keyword/.test(code))).toMatchObject([
    {
      code: 'reference/wrong-kind',
      severity: 'warning',
      fix: 'Add `/schema` to it, to refer to the schema inside.',
      at: { pointer: '/components/messages/M/payload/properties/cat/$ref' },
    },
    { code: 'message/example-invalid', at: { pointer: '/components/messages/M/examples/0/payload/cat' } },
  ]);
});

it('says that a JSON Schema cannot refer to an Avro schema', () => {
  const text = withComponents(`
  messages: { M: { payload: { type: object, properties: { cat: { $ref: '#/components/schemas/Cat' } } } } }
  schemas: { Cat: { schemaFormat: application/vnd.apache.avro;version=1.9.0, schema: { type: string } } }
`);
  expect(errorsIn(text)).toMatchObject([
    { code: 'reference/wrong-kind', message: expect.stringContaining('a schema in Avro') },
  ]);
});

it('explains `nullable` without a `type` in the words of OpenAPI where the schema is one', () => {
  const text = withComponents(`
  messages:
    M:
      payload:
        schemaFormat: application/vnd.oai.openapi;version=3.0.3
        schema: { type: object, properties: { a: { nullable: true, enum: [red] } } }
`);
  const found = findingsIn(text).filter(({ message }) => message.includes('nullable'));
  expect(found).toMatchObject([
    { code: 'schema/keyword-without-effect', message: expect.stringContaining('there is none here') },
  ]);
});

it.each([
  ['application/schema+json;version=draft-2020-12', '{ type: array, items: [{ type: string }] }', 'items'],
  ['application/schema+json;version=draft-2020-12', '{ dependentRequired: { a: b } }', 'dependentRequired/a'],
  [
    'application/schema+json;version=draft-04',
    '{ properties: { a: { required: true } } }',
    'properties/a/required',
  ],
  ['application/vnd.oai.openapi;version=3.0.3', "{ minimum: '3' }", 'minimum'],
  ['application/vnd.oai.openapi;version=3.1.0', '{ properties: { a: null } }', 'properties/a'],
])('says what is wrong with a schema that is %s: %s', (schemaFormat, schema, pointer) => {
  const text = withComponents(`
  messages: { M: { payload: { schemaFormat: '${schemaFormat}', schema: ${schema} } } }
`);
  expect(errorsIn(text).map(({ code, at }) => `${code} ${at.pointer}`)).toEqual([
    `document/wrong-shape /components/messages/M/payload/schema/${pointer}`,
  ]);
});

it('takes what each draft says in its own way', () => {
  const text = withComponents(`
  messages:
    M: { payload: { schemaFormat: application/schema+json;version=draft-04, schema: { minimum: 0, exclusiveMinimum: true } } }
    N: { payload: { schemaFormat: application/vnd.oai.openapi;version=3.1.0, schema: { type: [string, 'null'], prefixItems: [true] } } }
`);
  expect(errorsIn(text)).toEqual([]);
});
