import { load, memoryReader } from '@chirograph/contract/load';
import type { Schema } from '@chirograph/contract/model';
import { bundle, type JsonSchema } from '@chirograph/schema';
import { declared, type Rooted } from '@chirograph/schema/combine';
import { decideContainment } from '@chirograph/schema/containment';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compare, type Finding, judge, type Policy } from './index.ts';
import { decide } from './judge/decide.ts';
import { reduce } from './schemas/reduce.ts';

const FILE = 'specs/shop/order.asyncapi.yaml';
const runs = { numRuns: 60 };

/** Small schemas of objects, lists and unions over few names, so that two of them often have parts in common. */
const { schema } = fc.letrec<{ schema: JsonSchema; object: JsonSchema }>((tie) => ({
  schema: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.constantFrom<JsonSchema>(
      true,
      { type: 'string' },
      { type: 'integer' },
      { type: 'number' },
      { type: 'integer', minimum: 1 },
      { enum: ['A', 'B'] },
      { enum: ['A'] },
      { type: 'string', maxLength: 3 },
    ),
    tie('object'),
    tie('object'),
    tie('schema').map((items) => ({ type: 'array', items })),
    fc.tuple(tie('object'), tie('object')).map((allOf) => ({ allOf })),
    fc.tuple(tie('object'), tie('schema')).map((oneOf) => ({ oneOf })),
    fc.tuple(tie('object'), tie('schema')).map((anyOf) => ({ anyOf })),
  ),
  object: fc
    .record({
      properties: fc.dictionary(fc.constantFrom('a', 'b', 'c'), tie('schema'), { maxKeys: 3 }),
      required: fc.subarray(['a', 'b', 'c']),
      closed: fc.constantFrom(true, false, undefined),
    })
    .map(({ properties, required, closed }) => ({
      type: 'object',
      properties,
      ...(required.length > 0 && { required }),
      ...(closed !== undefined && { additionalProperties: !closed }),
    })),
}));

const rooted = (json: JsonSchema): Rooted => {
  const only: Schema = {
    id: 'root',
    at: { file: FILE, pointer: '' },
    name: 'Root',
    dialect: 'draft-07',
    json,
  };
  return { schemas: { root: only }, root: 'root' };
};
const whole = ({ schemas, root }: Rooted) => bundle({ schemas }, root);
const contained = (one: Rooted, other: Rooted) => decideContainment(whole(one), whole(other)).kind;

describe('what two schemas have in common', () => {
  it('may be left out of a proof', () => {
    fc.assert(
      fc.property(schema, schema, schema, schema, (shared, one, other, around) => {
        const [a, b] = [one, other].map((differs) =>
          rooted({ allOf: [around, { type: 'object', properties: { shared, differs } }] }),
        );
        const reduced = reduce(a!, b!);
        fc.pre(reduced !== undefined);
        const [small, full] = [contained(...reduced!), contained(a!, b!)];
        if (small === 'contained') expect(full).not.toBe('not-contained');
      }),
      runs,
    );
  });
});

describe('what a producer declares', () => {
  it('is part of what its schema lets through', () => {
    fc.assert(
      fc.property(schema, (json) => {
        expect(contained(declared(rooted(json)), rooted(json))).not.toBe('not-contained');
      }),
      runs,
    );
  });

  it('is safe wherever the literal reading is', () => {
    fc.assert(
      fc.property(schema, schema, (one, other) => {
        const [producer, consumer] = [rooted(one), rooted(other)];
        fc.pre(
          decide({ producer, consumer, terms: { writers: 'literal', formats: 'assert' } }).kind === 'holds',
        );
        expect(
          decide({ producer, consumer, terms: { writers: 'declared', formats: 'assert' } }).kind,
        ).not.toBe('breaks');
      }),
      runs,
    );
  });

  it.each<[string, JsonSchema, unknown, boolean]>([
    ['a name of its own', named('a'), { a: 1 }, true],
    ['a stranger', named('a'), { z: 1 }, false],
    ['a stranger in an object that names nothing', { type: 'object' }, { z: 1 }, true],
    ['a stranger let through by `true`', { ...named('a'), additionalProperties: true }, { z: 1 }, false],
    ['a value of a map', { type: 'object', additionalProperties: named('a') }, { any: { a: 1 } }, true],
    ['a stranger in a map', { type: 'object', additionalProperties: named('a') }, { any: { z: 1 } }, false],
    ['a name by pattern', { type: 'object', patternProperties: { '^x_': {} } }, { x_1: 1 }, true],
    ['names of all that apply', { allOf: [named('a'), named('b')] }, { a: 1, b: 1 }, true],
    [
      'names of a field described twice',
      { allOf: [{ properties: { d: { type: 'object' } } }, { properties: { d: named('a') } }] },
      { d: { a: 1 } },
      true,
    ],
    [
      'strangers of a field described twice',
      { allOf: [{ properties: { d: { type: 'object' } } }, { properties: { d: named('a') } }] },
      { d: { z: 1 } },
      false,
    ],
    ['names of the branch that holds', { oneOf: [needs('a'), needs('b')] }, { a: 1 }, true],
    ['a required name', { type: 'object', required: ['a'] }, { a: 1 }, true],
    ['strangers in a list', { type: 'array', items: named('a') }, [{ z: 1 }], false],
  ])('%s', (_, json, value, may) => {
    const writes = declared(rooted(json));
    expect(contained(rooted({ const: value as never }), writes)).toBe(may ? 'contained' : 'not-contained');
  });
});

describe('identity', () => {
  it('is not a matter of keys, order, files or references', () => {
    const before = load(memoryReader({ [FILE]: document({}) })).workspace;
    const after = load(
      memoryReader({
        [FILE]: document({ key: 'other', payload: "{ allOf: [{ $ref: './types.yaml#/schemas/Placed' }] }" }),
        'specs/shop/types.yaml': `schemas:\n  Placed: ${PAYLOAD}\n`,
      }),
    ).workspace;
    expect(compare(before, after)).toEqual([]);
  });

  it('finds nothing where nothing changed', () => {
    const { workspace } = load(memoryReader({ [FILE]: document({}) }));
    expect(compare(workspace, workspace)).toEqual([]);
  });
});

describe('modes', () => {
  const narrower = '{ type: object, required: [n], properties: { n: { type: integer, maximum: 5 } } }';
  const wider = '{ type: object, required: [n], properties: { n: { type: number } } }';

  it.each<[Policy['mode'], string, string[]]>([
    ['FORWARD', narrower, []],
    ['BACKWARD', narrower, ['BACKWARD']],
    ['FULL', narrower, ['BACKWARD']],
    ['NONE', narrower, []],
    ['FORWARD', wider, ['FORWARD']],
    ['BACKWARD', wider, []],
  ])('%s of %s', (mode, payload, expected) => {
    expect(brokenIn(judged(payload, { mode: mode! }))).toEqual(expected);
  });

  it('are asked of a domain and of a message by name', () => {
    expect(brokenIn(judged(wider, { domains: { shop: { mode: 'NONE' } } }))).toEqual([]);
    expect(brokenIn(judged(wider, { mode: 'NONE', messages: { 'order.placed': { mode: 'FULL' } } }))).toEqual(
      ['FORWARD'],
    );
  });

  it('follow from who sends: nobody receives, so only readers elsewhere count', () => {
    expect(brokenIn(judged(narrower, {}))).toEqual([]);
    expect(brokenIn(judged(wider, {}))).toEqual(['FORWARD']);
  });

  it('look at old messages where they are kept', () => {
    expect(brokenIn(judged(narrower, {}, 'retention: P7D'))).toEqual(['BACKWARD']);
  });

  it('are severities for nothing that is safe', () => {
    const findings = judged(wider, { severities: { 'payload/type-widened': 'warning' } });
    expect(findings.map(({ verdict }) => verdict)).toEqual(['warning']);
    expect(judged(wider, { severities: { 'payload/type-widened': 'off' } })).toEqual([]);
  });
});

describe('policies', () => {
  const withNote =
    '{ type: object, required: [n], properties: { n: { type: integer }, note: { type: string } } }';

  it('let an open contract grow when producers write what they declare', () => {
    expect(brokenIn(judged(withNote, { mode: 'FULL' }))).toEqual([]);
  });

  it('do not when they may write anything', () => {
    expect(brokenIn(judged(withNote, { mode: 'FULL', writers: 'literal' }))).toEqual(['BACKWARD']);
  });
});

describe('a schema in a language that is not read', () => {
  const protobuf = (type: string) =>
    `{ schemaFormat: application/vnd.google.protobuf;version=3, schema: 'message Order { ${type} n = 1; }' }`;

  it('is undecided when it changes, never safe', () => {
    const [base, head] = ['int32', 'int64'].map(
      (type) => load(memoryReader({ [FILE]: document({ payload: protobuf(type) }) })).workspace,
    );
    const findings = judge(
      { base: base!, head: head!, changes: compare(base!, head!) },
      { today: '2026-06-01' },
    );
    expect(findings.map(({ code, verdict, severity }) => [code, verdict, severity])).toEqual([
      ['payload/undecided', 'undecided', 'error'],
    ]);
    expect(compare(base!, base!)).toEqual([]);
  });
});

describe('a deprecated message', () => {
  const deprecated = "deprecated: { since: '2026-01-01', removal: '2026-07-01' }";
  const verdict = (today: string, deprecationDays = 0) => {
    const base = load(memoryReader({ [FILE]: document({ contract: deprecated }) })).workspace;
    const head = load(
      memoryReader({ [FILE]: document({ name: 'order.taken', messageKey: 'Taken' }) }),
    ).workspace;
    const findings = judge({ base, head, changes: compare(base, head) }, { today, deprecationDays });
    return findings.find(({ code }) => code === 'message/removed')?.verdict;
  };

  it('may go on its day, not before', () => {
    expect(verdict('2026-06-30')).toBe('breaking');
    expect(verdict('2026-07-01')).toBe('warning');
  });

  it('stays for as long as the policy asks', () => {
    expect(verdict('2026-07-01', 365)).toBe('breaking');
    expect(verdict('2027-01-01', 365)).toBe('warning');
  });
});

const PAYLOAD = '{ type: object, required: [n], properties: { n: { type: integer } } }';

interface Wording {
  readonly key?: string;
  readonly messageKey?: string;
  readonly name?: string;
  readonly payload?: string;
  readonly contract?: string;
}

function document({
  key = 'orderPlaced',
  messageKey = 'OrderPlaced',
  name = 'order.placed',
  payload = PAYLOAD,
  contract = 'kind: event',
}: Wording): string {
  return `asyncapi: 3.1.0
info: { title: Order, version: 1.0.0 }
channels:
  ${key}:
    address: order.placed
    messages:
      ${messageKey}: { $ref: '#/components/messages/${messageKey}' }
operations:
  sendOrderPlaced: { action: send, channel: { $ref: '#/channels/${key}' } }
components:
  messages:
    ${messageKey}:
      name: ${name}
      x-contract: { ${contract} }
      payload: ${payload}
`;
}

function judged(payload: string, policy: Omit<Policy, 'today'>, contract = 'kind: event'): Finding[] {
  const [base, head] = [document({ contract }), document({ contract, payload })].map(
    (text) => load(memoryReader({ [FILE]: text })).workspace,
  );
  const changes = compare(base!, head!);
  return judge({ base: base!, head: head!, changes }, { today: '2026-06-01', ...policy });
}

function brokenIn(findings: readonly Finding[]): string[] {
  return findings
    .filter(({ verdict }) => verdict === 'breaking')
    .flatMap(({ impacts }) => impacts.map(({ direction }) => direction ?? 'rule'));
}

function named(name: string): JsonSchema & object {
  return { type: 'object', properties: { [name]: {} } };
}

function needs(name: string): JsonSchema {
  return { type: 'object', properties: { [name]: {} }, required: [name] };
}
