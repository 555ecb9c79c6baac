import { escapePart } from '../json/pointer.ts';
import { keywordRow } from '../keywords/keyword-table.ts';
import type { JsonSchema, SchemaObject, Schemas } from '../keywords/schema.ts';
import { mapSubschemas, subschemas } from '../keywords/subschemas.ts';

/**
 * A schema of the workspace as one self-contained JSON Schema: the schemas that it refers to stand under `definitions`,
 * by their names, numbered where two share one.
 * @param keyword what they stand under
 */
export function bundle(
  workspace: Schemas,
  root: string,
  keyword: 'definitions' | '$defs' = 'definitions',
): JsonSchema {
  const names = nameReachable(workspace, root);
  const local = (json: JsonSchema): JsonSchema => {
    if (typeof json === 'boolean') return json;
    const target = typeof json.$ref === 'string' ? names.get(json.$ref) : undefined;
    return target === undefined
      ? mapSubschemas(withoutIdentity(json), local)
      : { $ref: refTo(keyword, target) };
  };
  const json = local(workspace.schemas[root]?.json ?? true);
  const definitions = [...names]
    .filter(([id]) => id !== root)
    .map(([id, name]) => [name, local(workspace.schemas[id]?.json ?? true)] as const);
  if (typeof json === 'boolean' || definitions.length === 0) return json;
  return { ...json, [keyword]: Object.fromEntries(definitions) } satisfies SchemaObject;
}

/** References are resolved, so that no name of a schema is asked for; two of them may well be the same. */
function withoutIdentity(json: SchemaObject): SchemaObject {
  const kept = Object.entries(json).filter(([keyword]) => keywordRow(keyword)?.role !== 'identity');
  return Object.fromEntries(kept);
}

/** A reference within the bundle: a URI fragment (RFC 6901, section 6). */
function refTo(keyword: string, name: string): string {
  return name === '' ? '#' : `#/${keyword}/${encodeURIComponent(escapePart(name))}`;
}

/** The schemas that a schema refers to, itself included, each with its name within the bundle; the root has none. */
function nameReachable(workspace: Schemas, root: string): Map<string, string> {
  const names = new Map<string, string>([[root, '']]);
  const taken = new Set<string>();
  for (const id of reachableSchemas(workspace, root)) {
    if (id === root) continue;
    const base = workspace.schemas[id]?.name ?? 'Schema';
    let name = base;
    for (let n = 2; taken.has(name); n += 1) name = `${base}${n}`;
    taken.add(name);
    names.set(id, name);
  }
  return names;
}

/** The ids of a schema and all that it refers to, in the order of first mention. */
export function reachableSchemas(workspace: Schemas, root: string): string[] {
  const found = new Set<string>();
  const visit = (id: string) => {
    if (found.has(id)) return;
    found.add(id);
    for (const target of referencesOf(workspace.schemas[id]?.json ?? true)) visit(target);
  };
  visit(root);
  return [...found];
}

/** The ids that a schema's `$ref`s name. */
export function referencesOf(json: JsonSchema): string[] {
  if (typeof json === 'boolean') return [];
  if (typeof json.$ref === 'string') return [json.$ref];
  return subschemas(json).flatMap((it) => referencesOf(it.schema));
}
