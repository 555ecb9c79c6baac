import {
  type Dialect,
  isSchema,
  type JsonSchema,
  mapSubschemas,
  type NodeId,
  nodeId,
  type SchemaObject,
} from '../model/index.ts';
import { childPointer, isObject, splitPointer } from '../source/index.ts';
import { follow } from './follow.ts';
import type { Loading, Written } from './loading.ts';
import { refOf } from './resolve.ts';
import { dialectOf } from './schema-format.ts';

/**
 * Takes a schema, and all that it refers to, into the workspace. Each `$ref` becomes the id of the schema that it leads
 * to; one that leads nowhere has been reported and becomes `true`, so that it causes no second finding.
 * @param name what the schema is called where nothing else names it
 */
export function loadSchema(
  loading: Loading,
  written: Written,
  dialect: Dialect,
  name?: string,
): NodeId | undefined {
  if (countsBeside(written, dialect)) return loadReference(loading, written, dialect, name);
  const target = follow(loading, written);
  if (!target || !isSchema(target.value)) return undefined;
  const id = nodeId(target.at);
  if (loading.schemas.has(id)) return id;

  const spoken = dialectAt(loading, target) ?? dialect;
  const schema = { id, at: target.at, name: nameOf(target) ?? name ?? 'Schema', dialect: spoken };
  // Taken in before its parts, so that a schema that refers to itself finds itself.
  loading.schemas.set(id, { ...schema, json: true });
  loading.schemas.set(id, { ...schema, json: rewrite(loading, target.value, target, spoken) });
  return id;
}

/** Since 2019-09 what stands beside a reference counts as well; before, the reference stands for all of the schema. */
function countsBeside({ value }: Written, dialect: Dialect): boolean {
  return dialect !== 'draft-07' && refOf(value) !== undefined && Object.keys(value as object).length > 1;
}

/** A schema that is a reference and something beside it. */
function loadReference(
  loading: Loading,
  { value, at }: Written,
  dialect: Dialect,
  name = 'Schema',
): NodeId | undefined {
  const id = nodeId(at);
  if (!isSchema(value) || loading.schemas.has(id)) return id;
  const json = rewrite(loading, value, { at }, dialect);
  loading.schemas.set(id, { id, at, name, dialect, json });
  return id;
}

/** The dialect that a schema names itself, or that the schema document names which it stands in. */
function dialectAt(loading: Loading, { value, at }: Written): Dialect | undefined {
  const document = loading.document(at.file);
  const named = [value, document].flatMap((it) =>
    isObject(it) && typeof it.$schema === 'string' ? [it.$schema] : [],
  );
  return named[0] === undefined ? undefined : dialectOf(named[0]);
}

function rewrite(
  loading: Loading,
  schema: JsonSchema,
  { at }: Pick<Written, 'at'>,
  dialect: Dialect,
): JsonSchema {
  if (typeof schema === 'boolean') return schema;
  const inner = (it: SchemaObject): SchemaObject =>
    mapSubschemas(it, (child, path) =>
      rewrite(loading, child, { at: { file: at.file, pointer: childPointer(at.pointer, ...path) } }, dialect),
    );
  if (refOf(schema) === undefined) return inner(schema);

  const { $ref, ...beside } = schema;
  const id = loadSchema(loading, { value: { $ref: $ref! }, at }, dialect);
  const target: JsonSchema = id === undefined ? true : { $ref: id };
  if (!countsBeside({ value: schema, at }, dialect)) return target;
  const { allOf, ...rest } = inner(beside);
  return { ...rest, allOf: [target, ...(Array.isArray(allOf) ? allOf : [])] };
}

/** Under `components.schemas`, `schemas`, `definitions` or `$defs` the key is the name. */
function nameOf({ at }: Written): string | undefined {
  const path = splitPointer(at.pointer);
  const container = path.at(-2);
  return container && ['schemas', 'definitions', '$defs'].includes(container) ? path.at(-1) : undefined;
}
