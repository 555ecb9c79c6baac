import { isArray, isObject, type JsonValue, member } from '../../json/json-value.ts';
import type { Dialect, JsonSchema } from '../../keywords/schema.ts';
import { mapSubschemas } from '../../keywords/subschemas-of.ts';
import type { Place, SchemaDocument } from './document.ts';

/** What names a place, or gathers schemas that are only referred to. */
const NAMING = new Set(['$id', '$anchor', '$dynamicAnchor', '$recursiveAnchor', '$defs', 'definitions']);

/** References that depend on the way to them, by edition. */
const DYNAMIC: Readonly<Record<Dialect, string | undefined>> = {
  'draft-07': undefined,
  '2019-09': '$recursiveRef',
  '2020-12': '$dynamicRef',
};

/** Whether a schema has references that depend on the way to them. */
export function isDynamic(schema: JsonSchema, dialect: Dialect): boolean {
  const keyword = DYNAMIC[dialect];
  return keyword !== undefined && JSON.stringify(schema).includes(`"${keyword}"`);
}

/**
 * The same schema without identifiers, anchors and dynamic references: each way to a place that is referred to is
 * a definition of its own. A reference that does not resolve stays as it is.
 */
export function plainSchema(document: SchemaDocument): JsonSchema {
  const references = ['$ref', DYNAMIC[document.dialect]].filter((keyword) => keyword !== undefined);
  const names = new Map<string, string>();
  const $defs: Record<string, JsonValue> = {};
  const root = copied(document.root);
  return isObject(root) ? { ...root, $defs } : root === true;

  function nameOf(place: Place): string {
    const key = document.keyOf(place);
    const known = names.get(key);
    if (known !== undefined) return known;
    const name = `place${names.size}`;
    names.set(key, name);
    $defs[name] = copied(place);
    return name;
  }

  function copied(place: Place): JsonValue {
    const { schema } = place;
    if (!isObject(schema)) return schema;
    const own = Object.entries(schema).filter(
      ([keyword]) => !NAMING.has(keyword) && !references.includes(keyword),
    );
    const parts = mapSubschemas(Object.fromEntries(own), (part, path) =>
      isArray(part) ? part : copied(document.descend(place, part, path)),
    );
    const targets = references.flatMap((keyword) => {
      const reference = member(schema, keyword);
      if (typeof reference !== 'string') return [];
      const find = keyword === '$ref' ? document.resolve : document.resolveDynamic;
      const target = find(reference, place);
      return [{ $ref: target === undefined ? reference : `#/$defs/${nameOf(target)}` }];
    });
    if (targets.length === 0) return parts;
    const allOf = member(parts, 'allOf');
    return { ...parts, allOf: [...(isArray(allOf) ? allOf : []), ...targets] };
  }
}
