import { type JsonValue, joinPointer } from '@chirograph/schema';
import { visitSchemaObjects } from './schema-objects.ts';

const known = new WeakMap<object, ReadonlyMap<string, string>>();

/**
 * The pointer to what a document calls by a plain name: `$anchor` (JSON Schema 2019-09, section 8.2.3),
 * `$dynamicAnchor` (2020-12, section 8.2.2) or an `$id` that is only a fragment (draft-07, section 8.2.3).
 */
export function findAnchor(document: JsonValue, name: string): string | undefined {
  if (typeof document !== 'object' || document === null) return undefined;
  let anchors = known.get(document);
  if (!anchors) {
    anchors = collect(document);
    known.set(document, anchors);
  }
  return anchors.get(name);
}

/** Those of a schema inside with an `$id` are its own: of two with one name, the document's is meant. */
function collect(document: JsonValue): ReadonlyMap<string, string> {
  const [own, others] = [new Map<string, string>(), new Map<string, string>()];
  visitSchemaObjects(document, own, ({ $anchor, $dynamicAnchor, $id }, path, around) => {
    const isResource = typeof $id === 'string' && $id !== '' && !$id.startsWith('#');
    const anchors = isResource && path.length > 0 ? others : around;
    const names = [$dynamicAnchor, $anchor, isResource ? undefined : $id];
    for (const [i, name] of names.entries())
      if (typeof name === 'string') anchors.set(i === 2 ? name.slice(1) : name, joinPointer(path));
    return anchors;
  });
  return new Map([...others, ...own]);
}
