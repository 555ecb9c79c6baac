import { type Message, type NodeId, oncePerPair } from '@chirograph/contract/model';
import {
  isObject,
  isSchema,
  type JsonSchema,
  type JsonValue,
  type Location,
  mapSubschemas,
  referencesOf,
  type SchemaObject,
} from '@chirograph/schema';
import { referencedParts } from '@chirograph/schema/combine';
import { isBranded } from '../source/brands.ts';
import { bytesOf } from '../source/carried.ts';
import { flatten, withoutReferences } from '../source/flatten.ts';
import type { Scope } from '../source/generator.ts';
import { commentOf, deprecation, sentence, summaryOf } from '../source/headline.ts';
import { type InlinePart, inlineParts } from '../source/inline-parts.ts';
import { basesOf } from './bases.ts';

/** A type to be declared. */
export interface PreparedType {
  readonly name: string;
  /** What is said of it, where it is more than its schema's description. */
  readonly doc: string | undefined;
  /** Where a schema of that name is written. */
  readonly at?: Location;
  /** Its schema, `allOf` folded where that can be done, or another type that it stands for. */
  readonly is:
    | {
        readonly kind: 'schema';
        readonly schema: JsonSchema;
        /** The named schemas that this one adds to. `schema` says what they say as well. */
        readonly bases: readonly NodeId[];
      }
    | { readonly kind: 'alias'; readonly of: NodeId }
    /** Text of a kind of its own. */
    | { readonly kind: 'brand' }
    | { readonly kind: 'bytes' };
}

/**
 * The types of a scope: what messages have in common; the messages in the scope's order, each with its parts and its
 * headers; then the schemas that they refer to, by name.
 */
export function prepare(scope: Scope): PreparedType[] {
  const named = new Map<NodeId, PreparedType>();
  const declare = (id: NodeId, said: JsonSchema, doc?: string): PreparedType => {
    const bases = basesOf(scope.workspace, said);
    const flat = flattenDeep(scope, said);
    if (isBranded(scope, id)) {
      const text = doc ?? ownDescription(flat);
      const type: PreparedType = {
        name: scope.names.schemaType(id),
        doc: typeof text === 'string' ? text : undefined,
        is: { kind: 'brand' },
      };
      named.set(id, type);
      return type;
    }
    // What is said of a base is said there.
    const schema = bases.length > 0 ? withDescription(flat, ownDescription(said)) : flat;
    const type: PreparedType = {
      name: scope.names.schemaType(id),
      doc,
      is: { kind: 'schema', schema, bases },
    };
    named.set(id, type);
    return type;
  };
  const ofSchema = (id: NodeId, doc?: string) => declare(id, scope.workspace.schemas[id]?.json ?? true, doc);
  const own = scope.messages.flatMap((message) => [
    ...messageTypes(scope, message, declare),
    ...headersTypes(scope, message, named, ofSchema),
  ]);
  const shared: PreparedType[] = [];
  const mentioned = [...scope.messages.flatMap((it) => it.headers ?? []), ...own.flatMap(mentionedBy)];
  for (let id = mentioned.pop(); id !== undefined; id = mentioned.pop()) {
    if (named.has(id)) continue;
    const at = scope.workspace.schemas[id]?.at;
    const found = { ...ofSchema(id), ...(at && { at }) };
    named.set(id, found);
    shared.push(found);
    mentioned.push(...mentionedBy(found));
  }
  const bases = basesOfAll(own, named).filter((it) => shared.includes(it));
  const others = shared.filter((it) => !bases.includes(it));
  return [...bases, ...own, ...others.sort((a, b) => (a.name < b.name ? -1 : 1))];
}

/** The type of the headers that a message has for itself. */
function headersTypes(
  scope: Scope,
  message: Message,
  named: ReadonlyMap<NodeId, PreparedType>,
  ofSchema: (id: NodeId, doc?: string) => PreparedType,
): PreparedType[] {
  const { name, version, headers } = message;
  if (headers === undefined || named.has(headers)) return [];
  if (scope.names.schemaType(headers) !== `${scope.names.typeOf(message)}Headers`) return [];
  const isDescribed = ownDescription(scope.workspace.schemas[headers]?.json ?? true) !== undefined;
  return [ofSchema(headers, isDescribed ? undefined : `The headers of \`${name}\` ${version}.`)];
}

type Declare = (id: NodeId, said: JsonSchema, doc?: string) => PreparedType;

/** The type of a message, and those of the objects that stand in it without a name. */
function messageTypes(scope: Scope, message: Message, declare: Declare): PreparedType[] {
  const name = scope.names.typeOf(message);
  const doc = describe(message);
  const { payload } = message;
  if (bytesOf(message)) return [{ name, doc, is: { kind: 'bytes' } }];
  if (payload === undefined) return [{ name, doc, is: { kind: 'schema', schema: true, bases: [] } }];
  if (scope.names.schemaType(payload) !== name) return [{ name, doc, is: { kind: 'alias', of: payload } }];
  const parts = inlineParts(scope.workspace, message);
  const whole = declare(payload, scope.workspace.schemas[payload]?.json ?? true, doc);
  return [
    withReferences(whole, parts),
    ...parts.map(({ id, property, schema }) =>
      declare(id, schema, `The \`${property}\` of \`${message.name}\` ${message.version}.`),
    ),
  ];
}

/** A message in which its parts go by name; what is said of them there stays. */
function withReferences(type: PreparedType, parts: readonly InlinePart[]): PreparedType {
  const { is } = type;
  if (is.kind !== 'schema' || typeof is.schema !== 'object' || !isObject(is.schema.properties)) return type;
  const properties: Record<string, JsonValue> = { ...is.schema.properties };
  for (const { id, property, schema } of parts) {
    properties[property] = withDescription({ allOf: [{ $ref: id }] }, ownDescription(schema));
  }
  return { ...type, is: { ...is, schema: { ...is.schema, properties } } };
}

/** What a schema says of itself, not what is said where it refers to. The last word stands. */
function ownDescription(schema: JsonSchema): JsonValue | undefined {
  if (typeof schema === 'boolean' || schema.$ref !== undefined) return undefined;
  const parts = Array.isArray(schema.allOf) ? schema.allOf.filter(isSchema) : [];
  return schema.description ?? parts.map(ownDescription).findLast((it) => it !== undefined);
}

function withDescription(schema: JsonSchema, description: JsonValue | undefined): JsonSchema {
  if (typeof schema === 'boolean') return schema;
  const { description: _, ...rest } = schema;
  return description === undefined ? rest : { ...rest, description };
}

/** What some types are based on, near and far: the most general first. */
function basesOfAll(
  types: readonly PreparedType[],
  named: ReadonlyMap<NodeId, PreparedType>,
): PreparedType[] {
  const found = new Set<PreparedType>();
  const visit = (type: PreparedType) => {
    if (type.is.kind !== 'schema') return;
    for (const base of type.is.bases.flatMap((id) => named.get(id) ?? [])) {
      visit(base);
      found.add(base);
    }
  };
  types.toSorted((a, b) => (a.name < b.name ? -1 : 1)).forEach(visit);
  return [...found];
}

function mentionedBy({ is }: PreparedType): NodeId[] {
  if (is.kind === 'brand' || is.kind === 'bytes') return [];
  return is.kind === 'alias' ? [is.of] : [...is.bases, ...referencesOf(is.schema)];
}

/** What is said of a message, where that stands, and whether it is of the past. */
function describe(message: Message): string {
  const { name, version, summary, description, at } = message;
  const told = description?.trim() ?? '';
  return commentOf(
    ...sentence(told === '' ? summaryOf(message) : summary),
    ...(told === '' || told === summary?.trim() ? [] : [told]),
    `\`${name}\` ${version}: ${at.file}#${at.pointer}`,
    deprecation(message),
  );
}

/** Within a scope, so that what is made of a large workspace need not all be kept. */
const flattenObject = oncePerPair(
  (scope: Scope, schema: SchemaObject): JsonSchema => flattenWithin(scope, schema, new Set()),
);

function flattenDeep(scope: Scope, schema: JsonSchema, around: ReadonlySet<NodeId> = NONE): JsonSchema {
  if (typeof schema === 'boolean') return schema;
  return around.size === 0 ? flattenObject(scope, schema) : flattenWithin(scope, schema, around);
}

const NONE: ReadonlySet<NodeId> = new Set();

/** @param around what is merged into the schemas around this one: merged once more, it would hold itself */
function flattenWithin(scope: Scope, schema: SchemaObject, around: ReadonlySet<NodeId>): JsonSchema {
  const parts = referencedParts(scope.workspace.schemas, schema);
  const isCircle = [...parts].some((it) => around.has(it));
  const flat = isCircle ? schema : flatten(scope.workspace, schema);
  if (typeof flat === 'boolean' || flat.$ref !== undefined) return flat;
  const within = parts.size === 0 || isCircle ? around : new Set([...around, ...parts]);
  const named = keysOf(scope, flat);
  return mapSubschemas({ ...flat, ...named }, (child) => flattenDeep(scope, child, within));
}

/** `propertyNames` without a reference: keys that are listed elsewhere are as good as listed here. */
function keysOf({ workspace }: Scope, { propertyNames }: SchemaObject): SchemaObject {
  if (!isSchema(propertyNames) || typeof propertyNames === 'boolean') return {};
  const plain = withoutReferences(workspace, propertyNames);
  return isObject(plain) && Array.isArray(plain.enum) ? { propertyNames: plain } : {};
}
