import { isObject, type JsonValue, joinPointer } from '@chirograph/schema';

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

function collect(document: JsonValue): ReadonlyMap<string, string> {
  const anchors = new Map<string, string>();
  const visit = (value: JsonValue, path: readonly (string | number)[]): void => {
    if (typeof value !== 'object' || value === null) return;
    if (isObject(value)) {
      const { $anchor, $dynamicAnchor, $id } = value;
      if (typeof $dynamicAnchor === 'string') anchors.set($dynamicAnchor, joinPointer(path));
      if (typeof $anchor === 'string') anchors.set($anchor, joinPointer(path));
      if (typeof $id === 'string' && $id.startsWith('#')) anchors.set($id.slice(1), joinPointer(path));
    }
    for (const [key, child] of Object.entries(value)) visit(child as JsonValue, [...path, key]);
  };
  visit(document, []);
  return anchors;
}
