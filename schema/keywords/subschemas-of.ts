import { isArray, isObject, type JsonObject, type JsonValue } from '../json/json-value.ts';
import { KEYWORDS, type KeywordRow } from './keyword-table.ts';

/** Keywords whose value is a schema, a list of schemas, or schemas by name (`items` may be two of these). */
const [ONE, LIST, NAMED] = [['one', 'one or list'], ['list', 'one or list'], ['map']].map(
  (ways) =>
    new Set(
      Object.entries<KeywordRow>(KEYWORDS).flatMap(([keyword, { holds = '' }]) =>
        ways.includes(holds) ? [keyword] : [],
      ),
    ),
) as [Set<string>, Set<string>, Set<string>];

/** Whether the value of a keyword is, or holds, subschemas. */
export function holdsSubschemas(keyword: string): boolean {
  return ONE.has(keyword) || LIST.has(keyword) || NAMED.has(keyword);
}

/** The subschemas right below a schema with the path to each; never data such as `enum` or `examples`. */
export function* subschemasOf(schema: JsonObject): Iterable<readonly [readonly string[], JsonValue]> {
  for (const [keyword, value] of Object.entries(schema)) {
    if (LIST.has(keyword) && isArray(value)) {
      for (const [i, part] of value.entries()) yield [[keyword, String(i)], part];
    } else if (NAMED.has(keyword) && isObject(value)) {
      for (const [name, part] of Object.entries(value)) yield [[keyword, name], part];
    } else if (ONE.has(keyword)) yield [[keyword], value];
  }
}

/** The schema with each subschema right below it replaced; `path` leads from the schema to the part. */
export function mapSubschemas(
  schema: JsonObject,
  replace: (part: JsonValue, path: readonly string[]) => JsonValue,
): JsonObject {
  const entries = Object.entries(schema).map(([keyword, value]): readonly [string, JsonValue] => {
    if (LIST.has(keyword) && isArray(value))
      return [keyword, value.map((part, i) => replace(part, [keyword, String(i)]))];
    if (NAMED.has(keyword) && isObject(value)) {
      const parts = Object.entries(value).map(
        ([name, part]) => [name, replace(part, [keyword, name])] as const,
      );
      return [keyword, Object.fromEntries(parts)];
    }
    return [keyword, ONE.has(keyword) ? replace(value, [keyword]) : value];
  });
  return Object.fromEntries(entries);
}
