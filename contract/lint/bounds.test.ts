import { expect, it } from 'vitest';
import { load, memoryReader } from '../load/index.ts';
import { lint } from './index.ts';

type Schema = Readonly<Record<string, string | number>>;

/** Those of the schemas that are reported as met by no value. */
function unsatisfiable(schemas: readonly Schema[]): Schema[] {
  const { workspace } = load(
    memoryReader({
      'shop/a.asyncapi.yaml': JSON.stringify({
        asyncapi: '3.0.0',
        info: { title: 'A', version: '1.0.0' },
        components: { schemas: Object.fromEntries(schemas.map((schema, index) => [`S${index}`, schema])) },
      }),
    }),
  );
  const reported = lint(workspace).filter((it) => it.code === 'schema/unsatisfiable');
  const named = new Set(reported.map(({ at }) => at.pointer.split('/')[3]));
  return schemas.filter((_, index) => named.has(`S${index}`));
}

/** Every choice of values for the keywords, each of which may be left out. */
function combinations(type: string, keywords: readonly string[]): Schema[] {
  return keywords.reduce<Schema[]>(
    (all, keyword) =>
      all.flatMap((it) => [it, ...[1, 2, 3].map((value): Schema => ({ ...it, [keyword]: value }))]),
    [{ type }],
  );
}

it('bounds of a number are reported exactly where no number lies within them', () => {
  const numbers = [0.5, 1, 1.5, 2, 2.5, 3, 3.5];
  const schemas = combinations('number', ['minimum', 'exclusiveMinimum', 'maximum', 'exclusiveMaximum']);
  const isMet = (it: Schema) =>
    numbers.some(
      (n) =>
        !(n < Number(it.minimum)) &&
        !(n <= Number(it.exclusiveMinimum)) &&
        !(n > Number(it.maximum)) &&
        !(n >= Number(it.exclusiveMaximum)),
    );
  expect(unsatisfiable(schemas)).toEqual(schemas.filter((it) => !isMet(it)));
});

it.each([
  ['string', 'minLength', 'maxLength'],
  ['array', 'minItems', 'maxItems'],
  ['object', 'minProperties', 'maxProperties'],
])(
  'bounds of the size of a %s are reported exactly where the least is above the most',
  (type, least, most) => {
    const schemas = combinations(type, [least, most]);
    expect(unsatisfiable(schemas)).toEqual(schemas.filter((it) => Number(it[least]) > Number(it[most])));
  },
);
