import {
  type JsonSchema,
  type Message,
  mapSubschemas,
  type NodeId,
  referencesOf,
} from '@chirograph/contract/model';
import { flatten } from '../source/flatten.ts';
import type { Scope } from '../source/generator.ts';

/** A type to be declared. */
export interface PreparedType {
  readonly name: string;
  /** What is said of it, where it is more than its schema's description. */
  readonly doc: string | undefined;
  /** Its schema, `allOf` folded where that can be done, or another type that it stands for. */
  readonly is:
    | { readonly kind: 'schema'; readonly schema: JsonSchema }
    | { readonly kind: 'alias'; readonly of: NodeId };
}

/**
 * The types of a scope: the messages in the scope's order, each with its headers; then the schemas that they refer to,
 * by name.
 */
export function prepare(scope: Scope): PreparedType[] {
  const named = new Map<NodeId, PreparedType>();
  const ofSchema = (id: NodeId, doc?: string): PreparedType => {
    const schema = flattenDeep(scope, scope.workspace.schemas[id]?.json ?? true);
    const type: PreparedType = { name: scope.names.schemaType(id), doc, is: { kind: 'schema', schema } };
    named.set(id, type);
    return type;
  };
  const first = scope.messages.flatMap((message) => [
    messageType(scope, message, ofSchema),
    ...(message.headers !== undefined && !named.has(message.headers) ? [ofSchema(message.headers)] : []),
  ]);
  const shared: PreparedType[] = [];
  const open = [...first];
  for (let type = open.pop(); type !== undefined; type = open.pop()) {
    for (const id of mentionedBy(type)) {
      if (named.has(id)) continue;
      const found = ofSchema(id);
      shared.push(found);
      open.push(found);
    }
  }
  return [...first, ...shared.sort((a, b) => (a.name < b.name ? -1 : 1))];
}

function messageType(
  scope: Scope,
  message: Message,
  ofSchema: (id: NodeId, doc?: string) => PreparedType,
): PreparedType {
  const name = scope.names.typeOf(message);
  const doc = describe(message);
  const { payload } = message;
  if (payload === undefined) return { name, doc, is: { kind: 'schema', schema: true } };
  if (scope.names.schemaType(payload) === name) return ofSchema(payload, doc);
  return { name, doc, is: { kind: 'alias', of: payload } };
}

function mentionedBy({ is }: PreparedType): NodeId[] {
  return is.kind === 'alias' ? [is.of] : referencesOf(is.schema);
}

function describe({ name, version, summary, title, deprecated, at }: Message): string {
  const source = `\`${name}\` ${version}: ${at.file}#${at.pointer}`;
  return `${summary ?? title ?? name}\n\n${source}${deprecated ? '\n\n@deprecated' : ''}`;
}

function flattenDeep(scope: Scope, schema: JsonSchema): JsonSchema {
  const flat = flatten(scope.workspace, schema);
  return typeof flat === 'boolean' ? flat : mapSubschemas(flat, (child) => flattenDeep(scope, child));
}
