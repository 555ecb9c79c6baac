import { isObject, type JsonObject, type JsonValue, keywordRow } from '@chirograph/schema';

/**
 * The objects of a document that may be schemas, each before those inside it. Below a keyword that only schemas have,
 * nothing but keywords leads to a schema (JSON Schema core, section 6.5): the value of an unknown one is data, as is that of
 * `enum`.
 * @param visit answers what the visits of those inside are given
 */
export function visitSchemaObjects<T>(
  document: JsonValue,
  start: T,
  visit: (value: JsonObject, path: readonly (string | number)[], around: T) => T,
): void {
  const walk = (value: JsonValue, path: readonly (string | number)[], around: T, inSchema: boolean): void => {
    if (typeof value !== 'object' || value === null) return;
    const inside = isObject(value) ? visit(value, path, around) : around;
    const areNames = MAPS.test(String(path.at(-1))) && !inSchema;
    for (const [key, child] of Object.entries(value) as [string, JsonValue][]) {
      const holds = areNames ? undefined : keywordRow(key)?.holds;
      const isData = !areNames && (inSchema || DATA.test(key));
      if (holds === undefined && isData && isObject(value)) continue;
      const below = [...path, key];
      if (holds !== 'map' || !isObject(child)) walk(child, below, inside, inSchema || holds !== undefined);
      else for (const [name, it] of Object.entries(child)) walk(it, [...below, name], inside, true);
    }
  };
  walk(document, [], start, false);
}

/** Keywords whose value is an instance, not a schema: what looks like an `$id` there is none. */
const DATA = /^(const|default|enum|examples?|x-.*)$/;

/** Keys of AsyncAPI whose entries have names that somebody chose. */
const MAPS = /^(schemas|messages|channels|operations|parameters|servers|replies|\w+Traits)$/;
