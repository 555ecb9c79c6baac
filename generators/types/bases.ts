import type { NodeId, Workspace } from '@chirograph/contract/model';
import { isObject, isSchema, type JsonSchema } from '@chirograph/schema';
import { flatten, withoutReferences } from '../source/flatten.ts';

/**
 * The named schemas that a schema says it is, and more: the references of its `allOf`. None of those that another one of
 * them is already, and none that is anything but an object of named properties.
 */
export function basesOf(workspace: Workspace, schema: JsonSchema): NodeId[] {
  if (!isPlainObject(flatten(workspace, schema))) return [];
  const named = [...new Set(referencesIn(schema))].filter((id) => isPlain(workspace, id));
  const implied = new Set(named.flatMap((id) => [...ancestorsOf(workspace, id)]));
  return named.filter((id) => !implied.has(id));
}

function isPlain(workspace: Workspace, id: NodeId): boolean {
  return isPlainObject(withoutReferences(workspace, { $ref: id }));
}

/** Everything that a schema adds to, near and far. Each is asked once: chains of bases are long. */
function ancestorsOf(workspace: Workspace, id: NodeId): ReadonlySet<NodeId> {
  const found = new Set<NodeId>();
  const left = [id];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    const own = referencesIn(workspace.schemas[next]?.json ?? true).filter(
      (it) => !found.has(it) && isPlain(workspace, it),
    );
    for (const it of own) found.add(it);
    left.push(...own);
  }
  return found;
}

/**
 * References directly among the parts of an `allOf`, nested ones included: not `allOfParts`, which goes into them, for
 * their names are what is wanted.
 */
function referencesIn(schema: JsonSchema): NodeId[] {
  if (typeof schema === 'boolean' || !Array.isArray(schema.allOf)) return [];
  return schema.allOf
    .filter(isSchema)
    .flatMap((it) => (typeof it === 'object' && typeof it.$ref === 'string' ? [it.$ref] : referencesIn(it)));
}

/** Whether the type of a flattened schema is an interface of named properties and nothing beside. */
function isPlainObject(schema: JsonSchema): boolean {
  if (typeof schema === 'boolean') return false;
  const { type, properties, additionalProperties } = schema;
  return (
    (type === undefined || type === 'object') &&
    isObject(properties) &&
    Object.keys(properties).length > 0 &&
    typeof additionalProperties !== 'object' &&
    additionalProperties !== true &&
    OTHERWISE.every((it) => schema[it] === undefined)
  );
}

/** What would make another type of it. */
const OTHERWISE = ['$ref', 'const', 'enum', 'allOf', 'anyOf', 'oneOf', 'patternProperties', 'nullable'];
