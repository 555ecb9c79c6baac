import { isObject } from '../json/json-value.ts';
import type { JsonSchema, SchemaObject } from '../keywords/schema.ts';
import { isSchema } from '../keywords/subschemas.ts';

/**
 * The ways to meet what a schema says under conditions: as `if` and `then`, or as `else`, each with what is said of all
 * that depends on a property. Undefined where it says nothing of the kind.
 */
export function conditionalWays(json: SchemaObject): readonly JsonSchema[] | undefined {
  const { if: condition, then: met, else: unmet, dependentSchemas, dependencies, ...rest } = json;
  const dependent = [dependentSchemas, dependencies]
    .flatMap((it) => (isObject(it) ? Object.values(it) : []))
    .filter((it): it is JsonSchema => !Array.isArray(it) && isSchema(it));
  const isConditional = isSchema(condition) && (isSchema(met) || isSchema(unmet));
  if (!isConditional && dependent.length === 0) return undefined;
  const lists = isObject(dependencies)
    ? Object.fromEntries(Object.entries(dependencies).filter(([, it]) => Array.isArray(it)))
    : {};
  const shared = [{ ...rest, ...(Object.keys(lists).length > 0 && { dependencies: lists }) }, ...dependent];
  const ways = isConditional
    ? [[condition, isSchema(met) ? met : true], [isSchema(unmet) ? unmet : true]]
    : [[]];
  return ways.map((it) => ({ allOf: [...shared, ...it] }));
}
