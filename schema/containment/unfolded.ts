import { isArray, isObject, type JsonValue } from '../json/json-value.ts';
import { valueAt } from '../json/pointer.ts';
import type { JsonSchema } from '../keywords/schema.ts';
import { subschemasOf } from '../keywords/subschemas-of.ts';

/** So many schemas one value is held against at most. Ajv follows each way to a definition anew. */
const MOST = 50_000;

/**
 * Against how many schemas a single value may be held: those that apply to it in place, through references, counted once for
 * each way that leads to them. Definitions that each refer twice to the next double it at every step. Undefined where they are
 * few enough.
 */
export function unfoldsTooFar(schema: JsonSchema): string | undefined {
  const known = new Map<object, number>();
  const count = (value: JsonValue): number => {
    if (!isObject(value)) return 1;
    const counted = known.get(value);
    if (counted !== undefined) return counted;
    // A circle of references leads no further than to here.
    known.set(value, 1);
    const parts: JsonValue[] = [];
    for (const [[keyword = ''], part] of subschemasOf(value)) if (IN_PLACE.has(keyword)) parts.push(part);
    const { $ref } = value;
    if (typeof $ref === 'string' && /^#(\/|$)/.test($ref)) {
      const target = targetOf(schema, $ref.slice(1));
      if (target !== undefined) parts.push(target);
    }
    const all = parts.reduce<number>((sum, part) => sum + count(part), 1);
    known.set(value, all);
    return all;
  };
  const isFar = (value: JsonValue): boolean => {
    if (isArray(value)) return value.some(isFar);
    return isObject(value) && (count(value) > MOST || Object.values(value).some(isFar));
  };
  return isFar(schema)
    ? `references within alternatives lead to more than ${MOST} schemas for one value`
    : undefined;
}

const IN_PLACE = new Set([
  'allOf',
  'anyOf',
  'oneOf',
  'not',
  'if',
  'then',
  'else',
  'dependencies',
  'dependentSchemas',
]);

function targetOf(schema: JsonSchema, fragment: string): JsonValue | undefined {
  try {
    return valueAt(schema, decodeURIComponent(fragment));
  } catch {
    return undefined;
  }
}
