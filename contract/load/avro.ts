import {
  isObject,
  type JsonObject,
  type JsonSchema,
  type JsonValue,
  type SchemaObject,
} from '@chirograph/schema';
import { type NodeId, nodeId } from '../model/index.ts';
import { follow } from './follow.ts';
import type { LoadContext } from './load-context.ts';
import type { Located } from './located.ts';
import { childAt, textAt } from './read.ts';

/**
 * Takes an Avro schema into the workspace as JSON Schema: what the messages look like as JSON. Named types become
 * schemas of their own, so that one that contains itself is no endless text. (Apache Avro 1.11, "Schema Declaration".)
 * A value of a union stands for itself, without the name of its type around it; that is how people write examples.
 */
export function loadAvro(context: LoadContext, written: Located, name: string): NodeId | undefined {
  const target = follow(context, written);
  if (!target) return undefined;
  const id = nodeId(target.at);
  if (context.nodes.has('schemas', id)) return id;
  const reading: Reading = { context, named: new Map(), root: id };
  const json = convert(reading, target, '');
  if (!context.nodes.has('schemas', id)) {
    const avro = target.value;
    context.nodes.add('schemas', { id, at: target.at, name, dialect: 'draft-07', json, avro });
  }
  return id;
}

interface Reading {
  readonly context: LoadContext;
  /** The ids of the named types that have been met, by their full names. */
  readonly named: Map<string, NodeId>;
  readonly root: NodeId;
}

/** Avro's JSON encoding: a character up to U+00FF for each byte. */
const BYTES: SchemaObject = { type: 'string', pattern: '^[\\u0000-\\u00ff]*$' };

const PRIMITIVES: Readonly<Record<string, SchemaObject>> = {
  null: { type: 'null' },
  boolean: { type: 'boolean' },
  int: { type: 'integer', minimum: -(2 ** 31), maximum: 2 ** 31 - 1 },
  long: { type: 'integer' },
  float: { type: 'number' },
  double: { type: 'number' },
  bytes: BYTES,
  string: { type: 'string' },
};

function convert(reading: Reading, written: Located, namespace: string): JsonSchema {
  const { value } = written;
  if (typeof value === 'string') {
    const primitive = Object.hasOwn(PRIMITIVES, value) ? PRIMITIVES[value] : undefined;
    return primitive ?? referTo(reading, value, namespace);
  }
  if (Array.isArray(value)) {
    return { anyOf: value.map((_, index) => convert(reading, childAt(written, index), namespace)) };
  }
  if (!isObject(value)) return true;
  switch (value.type) {
    case 'record':
    case 'error':
      return define(reading, written, namespace, (inner) => record(reading, written, inner));
    case 'enum':
      return define(reading, written, namespace, () => ({ type: 'string', enum: listOf(value.symbols) }));
    case 'fixed':
      return define(reading, written, namespace, () => ({
        ...BYTES,
        ...(typeof value.size === 'number' && { minLength: value.size, maxLength: value.size }),
      }));
    case 'array':
      return { type: 'array', items: convert(reading, childAt(written, 'items'), namespace) };
    case 'map':
      return {
        type: 'object',
        additionalProperties: convert(reading, childAt(written, 'values'), namespace),
      };
    default:
      return logical(value, convert(reading, childAt(written, 'type'), namespace));
  }
}

/** A named type as a schema of its own, and a reference to it. */
function define(
  reading: Reading,
  { value, at }: Located,
  namespace: string,
  body: (namespace: string) => SchemaObject,
): JsonSchema {
  const own = textAt(value, 'name') ?? '';
  const full = own.includes('.') ? own : join(textAt(value, 'namespace') ?? namespace, own);
  const id = nodeId(at);
  reading.named.set(full, id);
  const doc = textAt(value, 'doc');
  const json = {
    ...body(full.slice(0, Math.max(0, full.lastIndexOf('.')))),
    ...(doc && { description: doc }),
  };
  const name = own.split('.').at(-1) || 'Schema';
  const avro = id === reading.root ? { avro: value } : {};
  reading.context.nodes.add('schemas', { id, at, name, dialect: 'draft-07', json, ...avro });
  return { $ref: id };
}

/** A field without a default is always there. */
function record(reading: Reading, written: Located, namespace: string): SchemaObject {
  const fields = childAt(written, 'fields');
  const list = Array.isArray(fields.value) ? (fields.value as readonly JsonValue[]) : [];
  const parts = list.flatMap((field, index) => {
    const name = textAt(field, 'name');
    if (name === undefined) return [];
    const schema = convert(reading, childAt(childAt(fields, index), 'type'), namespace);
    return [{ name, schema, isRequired: isObject(field) && !Object.hasOwn(field, 'default') }];
  });
  return {
    type: 'object',
    properties: Object.fromEntries(parts.map(({ name, schema }) => [name, schema])),
    required: parts.filter(({ isRequired }) => isRequired).map(({ name }) => name),
  };
}

function referTo({ named }: Reading, name: string, namespace: string): JsonSchema {
  const id = named.get(join(namespace, name)) ?? named.get(name);
  return id === undefined ? true : { $ref: id };
}

function logical({ logicalType }: JsonObject, schema: JsonSchema): JsonSchema {
  return logicalType === 'uuid' && typeof schema === 'object' ? { ...schema, format: 'uuid' } : schema;
}

function join(namespace: string, name: string): string {
  return namespace === '' || name.includes('.') ? name : `${namespace}.${name}`;
}

function listOf(value: JsonValue | undefined): readonly JsonValue[] {
  return Array.isArray(value) ? value : [];
}
