import {
  type JsonSchema,
  type Message,
  mapSubschemas,
  type NodeId,
  referencesOf,
  type SchemaObject,
} from '@chirograph/contract/model';
import { flatten } from '../source/flatten.ts';
import type { Scope } from '../source/generator.ts';

/** A type to be declared: its name and the schema that json-schema-to-typescript shall print. */
export interface PreparedType {
  readonly name: string;
  readonly schema: SchemaObject;
}

/**
 * The schemas of a scope as json-schema-to-typescript wants them: `allOf` folded, titles replaced by the names that
 * were chosen, references by name, and no keyword that it reads differently from JSON Schema. Messages come first, in
 * the scope's order; then the schemas that they still refer to, by name.
 */
export function prepare(scope: Scope): PreparedType[] {
  const messages = scope.messages.flatMap((message) => messageTypes(scope, message));
  const named = new Map<NodeId, PreparedType>();
  const visit = (schema: JsonSchema) => {
    for (const id of referencesOf(schema)) {
      if (named.has(id)) continue;
      const json = flattenDeep(scope, scope.workspace.schemas[id]?.json ?? true);
      named.set(id, { name: scope.names.schemaType(id) ?? 'Schema', schema: asObject(json) });
      visit(json);
    }
  };
  for (const { schema } of messages) visit(schema);
  const shared = [...named.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  return [...messages, ...shared].map((it) => ({ ...it, schema: finish(scope, it) }));
}

function messageTypes(scope: Scope, message: Message): PreparedType[] {
  const payload = flattenDeep(scope, schemaOf(scope, message.payload));
  return [
    { name: scope.names.typeOf(message), schema: { ...asObject(payload), description: describe(message) } },
  ];
}

function schemaOf({ workspace }: Scope, id: NodeId | undefined): JsonSchema {
  return id === undefined ? true : (workspace.schemas[id]?.json ?? true);
}

function describe({ name, version, summary, title, at }: Message): string {
  return `${summary ?? title ?? name}\n\n\`${name}\` ${version}: ${at.file}#${at.pointer}`;
}

function flattenDeep(scope: Scope, schema: JsonSchema): JsonSchema {
  const flat = flatten(scope.workspace, schema);
  return typeof flat === 'boolean' ? flat : mapSubschemas(flat, (child) => flattenDeep(scope, child));
}

function asObject(schema: JsonSchema): SchemaObject {
  return typeof schema === 'object' ? schema : schema ? {} : { not: {} };
}

/** Keywords of which types show nothing, or which json-schema-to-typescript would turn into remarks of its own. */
const DROPPED = [
  '$id',
  'title',
  'examples',
  'default',
  'minItems',
  'maxItems',
  'minLength',
  'maxLength',
  'pattern',
  'minimum',
  'maximum',
];

function finish(scope: Scope, { name, schema }: PreparedType): SchemaObject {
  const strip = (json: JsonSchema): JsonSchema => {
    if (typeof json === 'boolean') return json;
    if (typeof json.$ref === 'string') return { $ref: `#/definitions/${scope.names.schemaType(json.$ref)}` };
    const kept = Object.fromEntries(
      Object.entries(json).filter(([keyword]) => !DROPPED.includes(keyword) || isTuple(keyword, json)),
    );
    return mapSubschemas(kept, strip);
  };
  const stripped = strip(schema);
  return { ...asObject(stripped), title: name };
}

/** The lengths of a tuple are part of its type. */
function isTuple(keyword: string, { items }: SchemaObject): boolean {
  return Array.isArray(items) && (keyword === 'minItems' || keyword === 'maxItems');
}
