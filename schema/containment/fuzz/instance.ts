import fc from 'fast-check';
import { isArray, isObject, type JsonValue } from '../../json/json-value.ts';
import type { Dialect, JsonSchema } from '../../keywords/schema.ts';
import { decideContainment } from '../decide-containment.ts';
import { NAMES, NUMBERS, STRINGS } from './schema-pair.ts';

const leaf: fc.Arbitrary<JsonValue> = fc.constantFrom<JsonValue>(
  null,
  true,
  false,
  ...NUMBERS,
  0.25,
  12,
  1e9,
  ...STRINGS,
  'abc',
  'aaa',
  'zz',
  '2020-02-30',
  '10:00:00Z',
  'a@b.cd',
  'http://a.b/',
);

const { value } = fc.letrec<{ value: JsonValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 2 },
    leaf,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.constantFrom(...NAMES, 'z'), tie('value'), { maxKeys: 4, noNullPrototype: true }),
  ),
}));

/** A fixed crowd of values that the vocabulary of the random schemas can tell apart. */
export const CROWD: readonly JsonValue[] = fc.sample(value, { seed: 7, numRuns: 400 });

/** Values near a schema: what it names in `enum` and `const`, whole and put into arrays and objects. */
export function valuesNear(schema: JsonValue): readonly JsonValue[] {
  const found: JsonValue[] = [];
  visit(schema);
  const near = found.slice(0, 12);
  return [
    ...near,
    ...near.map((one) => [one]),
    ...near.flatMap((one) => NAMES.map((name) => ({ [name]: one }))),
  ];

  function visit(part: JsonValue): void {
    if (isArray(part)) part.forEach(visit);
    if (!isObject(part)) return;
    for (const [keyword, inner] of Object.entries(part)) {
      if (keyword === 'const') found.push(inner);
      else if (keyword === 'enum' && isArray(inner)) found.push(...inner);
      else visit(inner);
    }
  }
}

/** Schemas whose complement asks for an instance of some kind. */
const PROBES: readonly JsonSchema[] = [
  { not: { type: 'number' } },
  { not: { type: 'number', multipleOf: 1, maximum: -5 } },
  { not: { type: 'string', minLength: 2 } },
  { not: { type: 'array', minItems: 1 } },
  { not: { type: 'array', minItems: 3 } },
  { not: { type: 'object', minProperties: 1 } },
  { not: { type: 'object', minProperties: 3 } },
];

/** Instances of a schema: witnesses that it is not contained in what they are to differ from. */
export function instancesOf(schema: JsonSchema, dialect: Dialect): readonly JsonValue[] {
  return PROBES.flatMap((probe) => {
    const verdict = decideContainment(schema, probe, { dialect });
    return verdict.kind === 'not-contained' ? [verdict.witness] : [];
  });
}
