import { isObject } from '../json/json-value.ts';
import type { JsonSchema, SchemaObject } from '../keywords/schema.ts';
import { isSchema } from '../keywords/subschemas.ts';
import { numberAt, sampledType } from './keyword-values.ts';

/** The items of a list. */
export interface Items {
  /** One schema an item, for lists of which each place is told. */
  readonly tuple: readonly JsonSchema[] | undefined;
  readonly item: JsonSchema;
  readonly min: number;
  readonly max: number;
  /** What some of the items are, beside the others. */
  readonly contained: { readonly schema: JsonSchema; readonly count: number } | undefined;
}

export function itemsOf(json: SchemaObject): Items {
  const tuple = tupleOf(json);
  const min = numberAt(json, 'minItems') ?? 1;
  const max = numberAt(json, 'maxItems') ?? Math.max(min, 3);
  const plan = {
    tuple: tuple?.slice(0, numberAt(json, 'maxItems') ?? tuple.length),
    item: isSchema(json.items) ? json.items : true,
    min: Math.min(min, max),
    max: Math.min(max, min + 3),
    contained: undefined,
  };
  const count = numberAt(json, 'minContains') ?? 1;
  if (!isSchema(json.contains) || count < 1 || tuple) return plan;
  const most = numberAt(json, 'maxContains') ?? Number.POSITIVE_INFINITY;
  const least = Math.max(min, count);
  if (plan.item === true && least <= most) {
    return { ...plan, item: json.contains, min: least, max: Math.min(Math.max(plan.max, least), most) };
  }
  const schema = plan.item === true ? json.contains : { allOf: [plan.item, json.contains] };
  const others = { min: Math.max(0, plan.min - count), max: Math.max(0, plan.max - count) };
  return { ...plan, ...others, contained: { schema, count } };
}

/** The places of a list that are told one by one, and behind them as many as `contains` and `minItems` ask for. */
function tupleOf(json: SchemaObject): JsonSchema[] | undefined {
  const { prefixItems, items, additionalItems, unevaluatedItems, contains } = json;
  const told = [prefixItems, items].find(Array.isArray)?.filter(isSchema);
  if (told === undefined) return undefined;
  const given = (Array.isArray(prefixItems) ? items : additionalItems) ?? unevaluatedItems;
  const rest = isSchema(given) ? given : true;
  const isTold = (it: JsonSchema) =>
    isObject(it) && isObject(contains) && sampledType(it) === sampledType(contains);
  const asked = isSchema(contains) ? (numberAt(json, 'minContains') ?? 1) : 0;
  const missing = Math.max(0, asked - told.filter(isTold).length);
  const contained = { allOf: [rest, isSchema(contains) ? contains : true] };
  const short = Math.max(0, (numberAt(json, 'minItems') ?? 0) - told.length - missing);
  return [...told, ...Array<JsonSchema>(missing).fill(contained), ...Array<JsonSchema>(short).fill(rest)];
}
