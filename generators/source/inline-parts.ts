import type { Message, NodeId, Workspace } from '@chirograph/contract/model';
import { isObject, isSchema, type JsonSchema } from '@chirograph/schema';
import { allOfParts, propertyIn } from '@chirograph/schema/combine';
import { flatten } from './flatten.ts';

/** An object that a payload describes in place, such as its `data`. It has no name in the contract; in code it has one. */
export interface InlinePart {
  /** Made up: no schema of the workspace has it. */
  readonly id: NodeId;
  readonly property: string;
  /** All that the payload says of the property, as one schema. */
  readonly schema: JsonSchema;
}

/**
 * The objects that stand directly in a message's payload without a name of their own, in the payload's order. Not those of
 * which only a schema that it adds to speaks: they are parts of that.
 */
export function inlineParts(workspace: Workspace, { payload }: Message): InlinePart[] {
  if (payload === undefined) return [];
  const json = workspace.schemas[payload]?.json ?? true;
  const { properties } = objectOf(flatten(workspace, json));
  const parts = allOfParts(workspace.schemas, json).map((it) => it.json);
  if (!isObject(properties)) return [];
  return Object.entries(properties).flatMap(([property, value]) => {
    if (!isSchema(value) || !hasNamedProperties(flatten(workspace, value))) return [];
    if (!saysItself(json, property)) return [];
    return [{ id: partId(payload, property), property, schema: propertyIn(parts, property) ?? true }];
  });
}

/** Under which id a part of a payload goes. */
function partId(payload: NodeId, property: string): NodeId {
  return `${payload}#${property}`;
}

/** Whether a flattened schema is an object of named properties, and so an interface in code. */
export function hasNamedProperties(schema: JsonSchema): boolean {
  if (typeof schema === 'boolean' || OTHERWISE.some((it) => it in schema)) return false;
  const { type, properties } = schema;
  return (
    (type === undefined || type === 'object') && isObject(properties) && Object.keys(properties).length > 0
  );
}

/** What would make more than one object of it, or no object. */
const OTHERWISE = ['$ref', 'const', 'enum', 'allOf', 'anyOf', 'oneOf', 'nullable'];

/** Whether a schema speaks of a property beside what it refers to. */
function saysItself(schema: JsonSchema, property: string): boolean {
  if (typeof schema === 'boolean') return false;
  const { properties, allOf } = schema;
  if (isObject(properties) && Object.hasOwn(properties, property)) return true;
  return Array.isArray(allOf) && allOf.filter(isSchema).some((it) => saysItself(it, property));
}

function objectOf(schema: JsonSchema): Exclude<JsonSchema, boolean> {
  return typeof schema === 'object' ? schema : {};
}
