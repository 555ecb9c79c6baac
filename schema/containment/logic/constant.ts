import { isArray, isObject, type JsonValue } from '../../json/json-value.ts';
import { compareRationals, type Rational, rationalOf } from '../../json/rational.ts';
import type { Shape } from './formula.ts';
import type { Logic } from './logic.ts';

/** The shape that exactly the given values have (`enum`, `const`), equal as JSON Schema has it. */
export function shapeOfValues(logic: Logic, values: readonly JsonValue[]): Shape {
  const { any, atom, only, languages } = logic;
  const shapes: Shape[] = [];
  const numbers: Rational[] = [];
  const strings: string[] = [];
  for (const value of values) {
    if (value === null) shapes.push(only('null', any));
    else if (typeof value === 'boolean') shapes.push(only('boolean', atom({ kind: 'boolean', value })));
    else if (typeof value === 'number') numbers.push(rationalOf(value));
    else if (typeof value === 'string') strings.push(value);
    else if (isArray(value)) shapes.push(arrayShape(logic, value));
    else if (isObject(value)) shapes.push(objectShape(logic, Object.entries(value)));
  }
  if (numbers.length > 0) {
    const sorted = numbers.sort(compareRationals);
    const distinct = sorted.filter((value, i) => i === 0 || compareRationals(value, sorted[i - 1]!) !== 0);
    shapes.push(only('number', atom({ kind: 'among', values: distinct, negated: false })));
  }
  if (strings.length > 0) {
    shapes.push(only('string', atom({ kind: 'language', language: languages.words(strings) })));
  }
  return logic.either(shapes);
}

function arrayShape(logic: Logic, items: readonly JsonValue[]): Shape {
  const { and, atom, anything, complement, only } = logic;
  const size = { kind: 'items', from: 0, to: Infinity, shape: anything, count: items.length } as const;
  return only(
    'array',
    and([
      atom({ ...size, side: 'atLeast' }),
      atom({ ...size, side: 'atMost' }),
      ...items.map((item, index) => {
        const other = complement(shapeOfValues(logic, [item]));
        return atom({ kind: 'items', side: 'atMost', count: 0, from: index, to: index + 1, shape: other });
      }),
    ]),
  );
}

function objectShape(logic: Logic, members: readonly (readonly [string, JsonValue])[]): Shape {
  const { and, atom, anything, languages, only } = logic;
  const names = languages.words(members.map(([name]) => name));
  const others = languages.not(names);
  return only(
    'object',
    and([
      atom({ kind: 'members', side: 'atMost', count: 0, names: others, shape: anything }),
      ...members.map(([name, value]) => {
        const shape = shapeOfValues(logic, [value]);
        return atom({ kind: 'members', side: 'atLeast', count: 1, names: languages.words([name]), shape });
      }),
    ]),
  );
}
