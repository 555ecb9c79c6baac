import {
  childPointer,
  type Dialect,
  isObject,
  isSchema,
  type JsonSchema,
  type Location,
  mapSubschemas,
  type SchemaObject,
  splitPointer,
} from '@chirograph/schema';
import { diagnose } from '../diagnostics/index.ts';
import { type NodeId, nodeId } from '../model/index.ts';
import { follow } from './follow.ts';
import type { Loading, Written } from './loading.ts';
import { refOf, resolveRef } from './resolve.ts';
import { dialectMeant, dialectOf } from './schema-format.ts';

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
  const halt = haltBefore(loading, written, dialect);
  if (halt) return loadReference(loading, halt, dialectAt(loading, halt) ?? dialect, nameOf(halt) ?? name);
  return takeIn(
    loading,
    { value: target.value, at: target.at },
    { name: nameOf(target) ?? name ?? placeName(target), dialect: dialectAt(loading, target) ?? dialect },
  );
}

/** Since 2019-09 what stands beside a reference counts as well; before, the reference stands for all of the schema. */
function countsBeside({ value }: Written, dialect: Dialect): boolean {
  if (dialect === 'draft-07' || refOf(value) === undefined || !isObject(value)) return false;
  return Object.keys(value).some((key) => !SILENT.test(key));
}

/** What says nothing of values, and nothing to people. */
const SILENT = /^(\$ref|\$schema|\$id|\$anchor|\$dynamicAnchor|\$comment|\$defs|definitions)$/;

/** The first on the way to a definition that is a reference and more. */
function haltBefore(loading: Loading, { value, at }: Written, dialect: Dialect): Written | undefined {
  const ref = refOf(value);
  const resolution = ref === undefined ? undefined : resolveRef(loading, ref, at.file);
  if (resolution?.kind !== 'definition') return undefined;
  return resolution.via.find((it) => countsBeside(it, dialectAt(loading, it) ?? dialect));
}

/** A schema that is a reference and something beside it. */
function loadReference(
  loading: Loading,
  { value, at }: Written,
  dialect: Dialect,
  name?: string,
): NodeId | undefined {
  if (!isSchema(value)) return undefined;
  return takeIn(loading, { value, at }, { name: name ?? placeName({ value, at }), dialect });
}

/** Taken in before its parts, so that a schema that refers to itself finds itself. */
function takeIn(
  loading: Loading,
  { value, at }: Written & { readonly value: JsonSchema },
  { name, dialect }: { readonly name: string; readonly dialect: Dialect },
): NodeId {
  const id = nodeId(at);
  if (loading.schemas.has(id)) return id;
  const schema = { id, at, name, dialect };
  loading.schemas.set(id, { ...schema, json: true });
  loading.soon(() => {
    loading.schemas.set(id, { ...schema, json: rewrite(loading, value, { at }, dialect) });
  });
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
  around: Dialect,
): JsonSchema {
  if (typeof schema === 'boolean') return schema;
  const dialect = typeof schema.$schema === 'string' ? dialectOf(schema.$schema) : around;
  reportDialect(loading, schema, at);
  const inner = (it: SchemaObject): SchemaObject =>
    mapSubschemas(it, (child, path) =>
      rewrite(loading, child, { at: { file: at.file, pointer: childPointer(at.pointer, ...path) } }, dialect),
    );
  const refs = referencesOf(schema, dialect);
  if (refs.length === 0) return inner(schema);

  const targets = refs.map((key): JsonSchema => {
    const id = loadSchema(loading, { value: { $ref: schema[key]! }, at }, dialect);
    return id === undefined ? true : { $ref: id };
  });
  const beside = Object.entries(schema).filter(([key]) => !refs.includes(key));
  if (dialect === 'draft-07' || (beside.length === 0 && targets.length === 1)) return targets[0]!;
  const { allOf, ...rest } = inner(Object.fromEntries(beside));
  return { ...rest, allOf: [...targets, ...(Array.isArray(allOf) ? allOf : [])] };
}

function reportDialect(loading: Loading, { $schema }: SchemaObject, { file, pointer }: Location): void {
  const meant = typeof $schema === 'string' ? dialectMeant($schema) : undefined;
  if (meant === undefined) return;
  const at = { file, pointer: childPointer(pointer, '$schema') };
  loading.report(diagnose('schema/dialect-unknown', at, { dialect: String($schema), meant }));
}

/**
 * The keywords of a schema that refer to another one. A dynamic reference (2020-12, core, section 8.2.3.2; 2019-09 calls it
 * recursive) is read as it stands, without regard to who came by: that is all that it means to those who extend nothing.
 */
function referencesOf(schema: SchemaObject, dialect: Dialect): string[] {
  if (dialect === 'draft-07') return refOf(schema) === undefined ? [] : ['$ref'];
  return ['$ref', '$dynamicRef', '$recursiveRef'].filter((key) => typeof schema[key] === 'string');
}

/**
 * Under `components.schemas`, `schemas`, `definitions` or `$defs` the key is the name; so it is at the root of a file that
 * holds nothing but schemas by their keys.
 */
function nameOf({ at }: Written): string | undefined {
  const path = splitPointer(at.pointer);
  if (path.length === 1) return path[0];
  const container = path.at(-2);
  return container && ['schemas', 'definitions', '$defs'].includes(container) ? path.at(-1) : undefined;
}

/** What a schema is called by nothing but its place: the key that it stands under, or its file. */
function placeName({ at }: Written): string {
  const key = splitPointer(at.pointer).findLast((it) => !/^\d+$/.test(it));
  const file = at.file.split('/').at(-1) ?? '';
  return key || file.replace(/(\.schema)?\.\w+$/, '') || 'Schema';
}
