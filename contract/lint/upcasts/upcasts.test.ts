import { describe, expect, it } from 'vitest';
import { load, memoryReader } from '../../load/index.ts';
import { lint } from '../index.ts';

/** What is found in an upcast from 1.0, and where. */
function findings(upcast: string, now = '', old = ''): string[] {
  const { workspace } = load(
    memoryReader({
      'shop/orders.asyncapi.yaml': `
asyncapi: 3.0.0
info: { title: Orders, version: 1.0.0 }
channels: { c: { messages: { V1: { $ref: '#/components/messages/V1' }, V2: { $ref: '#/components/messages/V2' } } } }
operations: { s: { action: send, channel: { $ref: '#/channels/c' } } }
components:
  messages:
    V1:
      name: order.placed
      x-contract: { version: '1.0', envelope: { version: /meta/version } }
      payload:
        type: object
        required: [meta, customer, amount]
        properties:
          meta: { type: object, required: [version], properties: { version: { const: '1.0' } } }
          customer: { type: string, minLength: 1 }
          amount: { type: integer, minimum: 0 }
          note: { type: string }
          buyer: { type: object, properties: { city: { type: string } } }${old}
    V2:
      name: order.placed
      x-contract: { version: '2.0', envelope: { version: /meta/version }, upcasts: [${upcast}] }
      payload:
        type: object
        required: [meta, name]
        properties:
          meta: { type: object, required: [version], properties: { version: { const: '2.0' } } }
          name: { type: string }
          amount: { type: number }
          note: { type: string }
          buyer: { type: object, properties: { city: { type: string } } }
          size: { enum: [S, L] }${now}
`,
    }),
  );
  const base = '/components/messages/V2/x-contract/upcasts/0';
  return lint(workspace)
    .filter((it) => it.code.startsWith('message/upcast'))
    .map(
      ({ code, at, message }) =>
        `${code.slice(15)} ${at.pointer.replace(base, '')}${at.part ? ` ${at.part}` : ''}: ${message}`,
    );
}

const RIGHT = "{ from: '1.0', move: { /customer: /name } }";

describe('an upcast', () => {
  it.each([
    [RIGHT],
    ["{ from: '1.0', move: { /note: /name }, default: { /name: '-' } }"],
    ["{ from: '1.0', move: { /customer: /name }, default: { /size: S }, remove: [/note] }"],
    ["{ from: '1.0', function: true }"],
  ])('%s: nothing is found', (upcast) => {
    expect(findings(upcast)).toEqual([]);
  });

  it.each<[string, string]>([
    [
      "{ from: '1.5', move: { /customer: /name } }",
      'from-unknown /from: there is no older version `1.5` of `order.placed`',
    ],
    ["{ from: '2.0' }", 'from-unknown /from: there is no older version `2.0`'],
    [
      "{ from: '1.0', move: { /custommer: /name } }",
      'path-unknown /move/~1custommer key: `/custommer` does not resolve to a field of V1 1.0; did you mean `/customer`?',
    ],
    [
      "{ from: '1.0', move: { /customer: /nam } }",
      'path-unknown /move/~1customer: `/nam` does not resolve to a field of V2 2.0; did you mean `/name`?',
    ],
    [
      "{ from: '1.0', move: { /customer: /name }, remove: [/legacy] }",
      'path-unknown /remove/0: `/legacy` does not resolve to a field of V1 1.0',
    ],
    [
      "{ from: '1.0', move: { /customer: /name }, default: { /sise: S } }",
      'path-unknown /default/~1sise key: `/sise` does not resolve to a field of V2 2.0; did you mean `/size`?',
    ],
    [
      "{ from: '1.0', move: { /customer: /name }, default: { /size: M } }",
      'default-invalid /default/~1size: the default for `/size` does not match',
    ],
    [
      "{ from: '1.0' }",
      'incomplete /from: not every valid 1.0 message becomes a valid 2.0 message: `/name` may be missing',
    ],
    [
      "{ from: '1.0', move: { /note: /name } }",
      'incomplete /from: not every valid 1.0 message becomes a valid 2.0 message: `/name` may be missing',
    ],
    [
      "{ from: '1.0', move: { /customer: /name, /buyer/city: /note } }",
      'incomplete /from: not every valid 1.0 message becomes a valid 2.0 message: `/buyer` may be missing, and what is in it changes',
    ],
  ])('%s: %s', (upcast, finding) => {
    expect(findings(upcast)).toEqual([expect.stringContaining(finding)]);
  });

  it.each<[string, string, string]>([
    [
      'a field that may hold less',
      '\n          customer: { type: string, maxLength: 9 }',
      '`/customer` may be "aaaaaaaaaa", and the schema wants at most 9 characters',
    ],
    ['a field of another type', '\n          customer: { type: integer }', '`/customer` may be a string'],
    [
      'a pattern of its own',
      '\n          customer: { type: string, pattern: "^[A-Z]" }',
      '`/customer` may be "a", and the schema wants a string that matches `^[A-Z]`',
    ],
    ['a closed object', '\n        additionalProperties: false', '`/customer` has no place'],
  ])('is held against %s', (_, now, words) => {
    const [found] = findings("{ from: '1.0', default: { /name: x } }", now);
    expect(found).toContain(`not every valid 1.0 message becomes a valid 2.0 message: ${words}`);
  });

  it.each([
    [
      'a pattern written another way',
      '{ type: string, pattern: "^[0-9]+$" }',
      '{ type: string, pattern: "^\\\\d+$" }',
    ],
    ['alternatives in another order', '{ enum: [a, b] }', '{ anyOf: [{ const: b }, { const: a }] }'],
    ['a step that is a multiple', '{ type: number, multipleOf: 0.1 }', '{ type: number, multipleOf: 0.01 }'],
  ])('is complete by %s', (_, old, now) => {
    const field = (schema: string) => `\n          code: ${schema}`;
    expect(findings(RIGHT, field(now), field(old))).toEqual([]);
  });

  it('is not held against words that are no keywords, whatever they are called', () => {
    const now = '\n          customer: { type: string, constructor: 3 }\n        toString: x';
    expect(findings(RIGHT, now)).toEqual([]);
  });
});

/** What is found of ways between versions, where each next one says of the former what is given. */
function waysFound(versions: Readonly<Record<string, string>>): string[] {
  const keys = Object.keys(versions).map((it) => `V${it.replace('.', '')}`);
  const messages = Object.entries(versions).map(
    ([version, upcasts]) =>
      `    V${version.replace('.', '')}:
      name: order.placed
      x-contract: { version: '${version}', upcasts: [${upcasts}] }
      payload: { type: object, properties: { customer: { type: string } } }`,
  );
  const { workspace } = load(
    memoryReader({
      'shop/orders.asyncapi.yaml': `
asyncapi: 3.0.0
info: { title: Orders, version: 1.0.0 }
channels: { c: { messages: { ${keys.map((it) => `${it}: { $ref: '#/components/messages/${it}' }`).join(', ')} } } }
operations: { s: { action: send, channel: { $ref: '#/channels/c' } } }
components:
  messages:
${messages.join('\n')}
`,
    }),
  );
  return lint(workspace)
    .filter((it) => it.code.startsWith('message/upcast'))
    .map(({ code, message }) => `${code.slice(15)}: ${message}`);
}

describe('the way of an older version', () => {
  it.each<[string, Record<string, string>]>([
    ['declared steps', { '1.0': '', '2.0': "{ from: '1.0' }", '3.0': "{ from: '2.0' }" }],
    ['a function', { '1.0': '', '2.0': "{ from: '1.0' }", '3.0': "{ from: '2.0', function: true }" }],
    ['itself', { '1.0': '', '2.0': '', '3.0': "{ from: '2.0' }, { from: '1.0' }" }],
  ])('may go by %s', (_, versions) => {
    expect(waysFound(versions)).toEqual([]);
  });

  it('is wanted where it ends, and of that version alone', () => {
    expect(waysFound({ '1.0': '', '2.0': "{ from: '1.0' }", '3.0': '' })).toEqual([
      'missing: nothing says how `order.placed` 2.0 becomes 3.0',
    ]);
    expect(waysFound({ '1.0': '', '2.0': '', '3.0': "{ from: '2.0' }" })).toEqual([
      'missing: nothing says how `order.placed` 1.0 becomes 3.0',
    ]);
  });

  it('does not turn back', () => {
    expect(
      waysFound({ '1.0': "{ from: '2.0' }", '2.0': "{ from: '1.0' }", '3.0': "{ from: '2.0' }" }),
    ).toEqual(['from-unknown: there is no older version `2.0` of `order.placed`']);
  });
});
