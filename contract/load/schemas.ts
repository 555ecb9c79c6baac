import {
  type Dialect,
  isSchema,
  type JsonSchema,
  mapSubschemas,
  type NodeId,
  nodeId,
} from '../model/index.ts';
import { childPointer, splitPointer } from '../source/index.ts';
import { follow } from './follow.ts';
import type { Loading, Written } from './loading.ts';
import { refOf } from './resolve.ts';

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
  const target = follow(loading, written);
  if (!target || !isSchema(target.value)) return undefined;
  const id = nodeId(target.at);
  if (loading.schemas.has(id)) return id;

  const schema = { id, at: target.at, name: nameOf(target) ?? name ?? 'Schema', dialect };
  // Taken in before its parts, so that a schema that refers to itself finds itself.
  loading.schemas.set(id, { ...schema, json: true });
  loading.schemas.set(id, { ...schema, json: rewrite(loading, target.value, target, dialect) });
  return id;
}

function rewrite(
  loading: Loading,
  schema: JsonSchema,
  { at }: Pick<Written, 'at'>,
  dialect: Dialect,
): JsonSchema {
  if (typeof schema === 'boolean') return schema;
  if (refOf(schema) !== undefined) {
    const id = loadSchema(loading, { value: schema, at }, dialect);
    return id === undefined ? true : { $ref: id };
  }
  return mapSubschemas(schema, (child, path) =>
    rewrite(loading, child, { at: { file: at.file, pointer: childPointer(at.pointer, ...path) } }, dialect),
  );
}

/** Under `components.schemas`, `schemas`, `definitions` or `$defs` the key is the name. */
function nameOf({ at }: Written): string | undefined {
  const path = splitPointer(at.pointer);
  const container = path.at(-2);
  return container && ['schemas', 'definitions', '$defs'].includes(container) ? path.at(-1) : undefined;
}
