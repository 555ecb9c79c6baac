import { isArray, type JsonValue } from '../../json/json-value.ts';
import { rational } from '../../json/rational.ts';
import { shapeOfValues } from '../logic/constant.ts';
import type { Shape } from '../logic/formula.ts';
import type { Logic } from '../logic/logic.ts';
import type { Keyword } from './keyword.ts';

function shapeOfType(logic: Logic, type: JsonValue): Shape | undefined {
  switch (type) {
    case 'integer':
      return logic.only('number', logic.atom({ kind: 'multiple', of: rational(1n), negated: false }));
    case 'null':
    case 'boolean':
    case 'number':
    case 'string':
    case 'array':
    case 'object':
      return logic.only(type, logic.any);
    default:
      return undefined;
  }
}

/** Keywords for any value (validation, section 6.1). */
export const valueKeywords = {
  type: (value, { logic }) => {
    const types = isArray(value) ? value : [value];
    const shapes = types.map((type) => shapeOfType(logic, type)).filter((shape) => shape !== undefined);
    return shapes.length === types.length ? logic.either(shapes) : undefined;
  },
  enum: (value, { logic }) => (isArray(value) ? shapeOfValues(logic, value) : undefined),
  const: (value, { logic }) => shapeOfValues(logic, [value]),
} satisfies Record<string, Keyword>;
