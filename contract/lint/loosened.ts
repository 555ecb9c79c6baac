import { childPointer, isObject, mapSubschemas, type SchemaObject } from '@chirograph/schema';
import type { Schema, Workspace } from '../model/index.ts';
import { lacking } from './missing-parts.ts';

/**
 * By the schemas that rest on an unresolved reference, what they certainly want of a value. Such a reference is read as
 * `true`; within a `not` that would refuse everything, so that the keywords that may refuse for it are left out.
 */
export function loosenedIn(workspace: Workspace): ReadonlyMap<SchemaObject, SchemaObject> {
  const found = new Map<SchemaObject, SchemaObject>();
  const incomplete = lacking(workspace);
  for (const id of incomplete) loosen(workspace.schemas[id]!, incomplete, found);
  return found;
}

function loosen(
  { json, at, missing = [] }: Schema,
  incomplete: ReadonlySet<string>,
  found: Map<SchemaObject, SchemaObject>,
): void {
  const lost = new Set(missing.map(({ pointer }) => pointer));
  /** The schema where all of it is known, else a looser one. */
  const visit = (schema: SchemaObject, pointer: string): SchemaObject => {
    const unsure = new Set<string>();
    const below = mapSubschemas(schema, (part, path) => {
      const inner = childPointer(pointer, ...path);
      const made = isObject(part) ? visit(part, inner) : part;
      if (made !== part || lost.has(inner)) unsure.add(String(path[0]));
      return made;
    });
    const isWhole = unsure.size === 0 && !lost.has(pointer) && !incomplete.has(String(schema.$ref));
    if (isWhole) return schema;
    const made = certain(below, unsure);
    found.set(schema, made);
    return made;
  };
  if (isObject(json)) visit(json, at.pointer);
}

/** A schema without what it can only be sure of when all of some keywords is known. */
function certain(schema: SchemaObject, lost: ReadonlySet<string>): SchemaObject {
  const unsure = new Set(['unevaluatedProperties', 'unevaluatedItems']);
  if (lost.has('not')) unsure.add('not');
  if (lost.has('contains')) unsure.add('maxContains');
  if (lost.has('if')) for (const keyword of ['if', 'then', 'else']) unsure.add(keyword);
  if (lost.has('oneOf')) unsure.add('oneOf');
  const rest = Object.fromEntries(Object.entries(schema).filter(([keyword]) => !unsure.has(keyword)));
  if (!lost.has('oneOf') || schema.oneOf === undefined) return rest;
  return { ...rest, allOf: [...(Array.isArray(rest.allOf) ? rest.allOf : []), { anyOf: schema.oneOf }] };
}
