import { dump, load as parseYaml } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { type Diagnostic, regionOf } from '../diagnostics/index.ts';
import { load, memoryReader } from '../load/index.ts';
import type { Workspace } from '../model/index.ts';
import { lint, withSeverities } from './index.ts';

/**
 * What people write by mistake, in documents of several shapes: each is one finding, of one code, on the line where the
 * mistake stands, however it is wrapped.
 */
interface Planted {
  readonly schema: string;
  readonly code: string;
  /** What the line of the finding holds. */
  readonly at: string;
  /** What the finding says, in its message or in how to fix it. */
  readonly says: string;
}

const PLANTED: Readonly<Record<string, Planted>> = {
  'a misspelt keyword': plant(
    '{ type: object, requried: [a] }',
    'schema/unknown-keyword',
    'requried',
    '`required`?',
  ),
  'a keyword in small letters': plant(
    '{ type: string, minlength: 3 }',
    'schema/unknown-keyword',
    'minlength',
    '`minLength`?',
  ),
  'a misspelt `properties`': plant(
    '{ type: object, additionalProperties: false, required: [a], propertes: { a: { type: string } } }',
    'schema/unknown-keyword',
    'propertes',
    '`properties`?',
  ),
  additionalproperties: plant(
    '{ type: object, additionalproperties: false }',
    'schema/unknown-keyword',
    'additionalproperties',
    '`additionalProperties`?',
  ),
  '`nullable` of OpenAPI': plant(
    '{ type: string, nullable: true }',
    'schema/unknown-keyword',
    'nullable',
    "`type: [string, 'null']`",
  ),
  '`example` of OpenAPI': plant(
    '{ type: string, example: x }',
    'schema/unknown-keyword',
    'example',
    '`examples: [...]`',
  ),
  'fields without `properties`': plant(
    '{ type: object, a: { type: string }, b: { type: string } }',
    'schema/unknown-keyword',
    'a',
    'under `properties`',
  ),
  'a type of another language': plant('{ type: int }', 'document/unknown-value', 'type', '`integer`?'),
  'a type that is a format': plant('{ type: date }', 'document/unknown-value', 'type', '`format: date`'),
  'a type of no language': plant(
    '{ type: constructor }',
    'document/unknown-value',
    'type',
    'Allowed here: `array`',
  ),
  'null without quotes': plant('{ type: [string, null] }', 'document/unknown-value', 'type', "'null'"),
  'a field that requires itself': plant(
    '{ properties: { a: { required: true } } }',
    'document/wrong-shape',
    'required',
    '`required: [a]`',
  ),
  '`required` among the properties': plant(
    '{ properties: { a: {}, required: [a] } }',
    'document/wrong-shape',
    'required',
    'one level out',
  ),
  'an `enum` of one text': plant('{ enum: a }', 'document/wrong-shape', 'enum', '`enum: [a]`'),
  'examples as an object': plant(
    '{ examples: { a: 1 } }',
    'document/wrong-shape',
    'examples',
    'Write an array',
  ),
  'a reference that is a text': plant(
    "{ properties: { a: '#/x' } }",
    'document/wrong-shape',
    '#/x',
    "{ $ref: '#/x' }",
  ),
  'a bound of draft-04': plant(
    '{ type: integer, exclusiveMinimum: true }',
    'document/wrong-shape',
    'exclusiveMinimum',
    'Write the bound itself',
  ),
  'a discriminator of OpenAPI': plant(
    '{ required: [k], properties: { k: {} }, discriminator: { propertyName: k } }',
    'document/wrong-shape',
    'discriminator',
    '`discriminator: k`',
  ),
  'a discriminator that may be missing': plant(
    '{ properties: { k: {} }, discriminator: k }',
    'schema/discriminator-optional',
    'discriminator',
    '`k`',
  ),
  'slashes around a pattern': plant(
    "{ type: string, pattern: '/^a+$/' }",
    'schema/pattern-slashes',
    'pattern',
    "'^a+$'",
  ),
  'a pattern that does not compile': plant(
    "{ type: string, pattern: '[a' }",
    'schema/pattern-invalid',
    'pattern',
    'regular expression',
  ),
  'a pattern that takes for ever': plant(
    "{ type: string, pattern: '^(a+)+$' }",
    'schema/pattern-slow',
    'pattern',
    'ReDoS',
  ),
  'a pattern of names that takes for ever': plant(
    "{ type: object, patternProperties: { '^(a+)+$': { type: string } } }",
    'schema/pattern-slow',
    '^(a+)+$',
    'ReDoS',
  ),
  'a misspelt format': plant(
    '{ type: string, format: datetime }',
    'schema/format-unknown',
    'format',
    '`date-time`?',
  ),
  'bounds that cross': plant(
    '{ type: integer, minimum: 5, maximum: 3 }',
    'schema/unsatisfiable',
    'maximum',
    'above',
  ),
  'a constant of another type': plant(
    '{ type: string, const: 3 }',
    'schema/unsatisfiable',
    'const',
    'a string',
  ),
  'a constant that is no choice': plant(
    '{ const: a, enum: [b, c] }',
    'schema/unsatisfiable',
    'const',
    '`enum`',
  ),
  'a choice of another type': plant(
    '{ type: string, enum: [a, 7, b] }',
    'schema/choice-impossible',
    '7',
    "'7'",
  ),
  'a default that is no choice': plant(
    '{ enum: [a, b], default: c }',
    'schema/default-invalid',
    'default',
    '`a` or `b`',
  ),
  'an example of another type': plant(
    '{ type: integer, examples: [x] }',
    'schema/example-invalid',
    'x',
    'an integer',
  ),
  'a keyword of another type': plant(
    '{ type: integer, minLength: 1, pattern: a }',
    'schema/keyword-without-effect',
    'minLength',
    'strings',
  ),
  'a required key that is misspelt': plant(
    '{ required: [idd], properties: { id: {} } }',
    'schema/required-unknown',
    'idd',
    '`id`?',
  ),
  'a required key that is not allowed': plant(
    '{ type: object, required: [idd], properties: { id: {} }, additionalProperties: false }',
    'schema/unsatisfiable',
    'required',
    '`id`?',
  ),
  'a bound below nothing': plant(
    '{ type: string, minLength: -1 }',
    'document/wrong-value',
    'minLength',
    '0 or more',
  ),
};

function plant(schema: string, code: string, at: string, says: string): Planted {
  return { schema, code, at, says };
}

const V3 = 'asyncapi: 3.0.0\ninfo: { title: T, version: 1.0.0 }\n';
const CHANNEL =
  'channels: { c: { messages: { M: { summary: x, payload: { properties: { p: SCHEMA } } } } } }\n';

/** Ways in which a document may hold a schema. */
const SHAPES: Readonly<Record<string, (schema: string) => Readonly<Record<string, string>>>> = {
  'in place, 3.0': (schema) => ({ 'a.yaml': V3 + CHANNEL.replace('SCHEMA', schema) }),
  'in place, 3.1, JSON': (schema) => ({
    'a.json': jsonOf(V3.replace('3.0.0', '3.1.0') + CHANNEL.replace('SCHEMA', schema)),
  }),
  'in an operation of 2.6': (schema) => ({
    'a.yaml':
      `asyncapi: 2.6.0\ninfo: { title: T, version: 1.0.0 }\nchannels: { c: { subscribe: { message: { summary: x, payload: { items: SCHEMA } } } } }\n`.replace(
        'SCHEMA',
        schema,
      ),
  }),
  'shared by two messages, in components': (schema) => ({
    'a.yaml': `${V3}channels: { c: { messages: { M: { summary: x, payload: { allOf: [{ $ref: '#/components/schemas/S' }] } }, N: { name: n, summary: x, payload: { $ref: '#/components/schemas/S' } } } } }\ncomponents:\n  schemas:\n    S: ${schema}\n`,
  }),
  'in a file of its own, for two documents': (schema) => {
    const document = (name: string) =>
      `${V3}channels: { c: { messages: { M: { name: ${name}, summary: x, headers: { properties: { h: { $ref: 's.yaml#/S' } } } } } } }\n`;
    return { 'a.yaml': document('a'), 'b.yaml': document('b'), 's.yaml': `S: ${schema}\n` };
  },
  'in an alternative and a list': (schema) => ({
    'a.yaml':
      `${V3}channels: { c: { messages: { M: { summary: x, payload: { anyOf: [{ items: SCHEMA }, { type: object }] } } } } }\n`.replace(
        'SCHEMA',
        schema,
      ),
  }),
};

function jsonOf(yaml: string): string {
  return JSON.stringify(parseYaml(yaml), null, 2);
}

/** The schema over several lines, so that the line of a finding says where it points. */
function spread(schema: string): string {
  return dump(parseYaml(schema), { flowLevel: 0 })
    .replace(/([{,[]) ?(?![^']*'[^']*$)/g, '$1\n      ')
    .trim();
}

function findingsIn(files: Readonly<Record<string, string>>): {
  readonly found: Diagnostic[];
  readonly workspace: Workspace;
} {
  const { workspace, diagnostics } = load(memoryReader(files));
  return { workspace, found: withSeverities([...diagnostics, ...lint(workspace)], {}) };
}

function lineOf({ sources }: Workspace, { at }: Diagnostic): string {
  const source = sources[at.file];
  return source ? (source.text.split('\n')[regionOf(source, at).line - 1] ?? '') : '';
}

it('is an error where examples are refused because everybody ignores the keyword', () => {
  const message = (schema: string) =>
    `${V3}channels: { c: { messages: { M: { summary: x, payload: ${schema}, examples: [{ payload: { a: x } }] } } } }`;
  const severities = (schema: string) =>
    findingsIn({ 'a.yaml': message(schema) }).found.map((it) => `${it.severity} ${it.code}`);
  expect(severities('{ propertes: { a: {} } }')).toEqual(['warning schema/unknown-keyword']);
  for (const schema of [
    '{ additionalProperties: false, propertes: { a: {} } }',
    '{ type: object, required: [a], additionalProperties: false, propertes: { a: {} } }',
  ])
    expect(severities(schema)).toEqual(['error schema/unknown-keyword']);
});

describe.each(Object.entries(SHAPES))('%s', (_, shape) => {
  it('is no finding where nothing is wrong', () => {
    expect(findingsIn(shape('{ type: string }')).found).toEqual([]);
  });

  it.each(Object.entries(PLANTED))('%s', (_name, { schema, code, at, says }) => {
    const { found, workspace } = findingsIn(shape(spread(schema)));
    expect(found.map((it) => it.code)).toEqual([code]);
    const [only] = found;
    expect(lineOf(workspace, only!)).toContain(at);
    expect(`${only?.message} ${only?.fix ?? ''}`).toContain(says);
  });
});

it('tells the version that an envelope pins without quotes', () => {
  const message = (version: string) =>
    `${V3}channels: { c: { messages: { M: { summary: x, x-contract: { version: '2.0', envelope: { version: /v } }, payload: { properties: { v: { const: ${version} } } } } } } }`;
  const [finding, ...others] = findingsIn({ 'a.yaml': message('2.0') }).found;
  expect(others).toEqual([]);
  expect(finding).toMatchObject({ code: 'message/envelope-mismatch', note: 'the schema says the number 2' });
  expect(finding?.fix).toContain("`const: '2.0'`");
  expect(findingsIn({ 'a.yaml': message("'2.0'") }).found).toEqual([]);
});
