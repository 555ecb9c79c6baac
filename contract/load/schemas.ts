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
  withNumericBounds,
} from '@chirograph/schema';
import { diagnose } from '../diagnostics/index.ts';
import { type NodeId, nodeId } from '../model/index.ts';
import { follow } from './follow.ts';
import type { LoadContext } from './load-context.ts';
import type { Located } from './located.ts';
import { refOf, resolveRef } from './resolve.ts';
import { dialectMeant, dialectOf } from './schema-format.ts';

/**
 * Takes a schema, and all that it refers to, into the workspace. Each `$ref` becomes the id of the schema that it leads
 * to; one that leads nowhere has been reported and becomes `true`, so that it causes no second finding.
 * @param name what the schema is called where nothing else names it
 */
export function loadSchema(
  context: LoadContext,
  written: Located,
  dialect: Dialect,
  name?: string,
): NodeId | undefined {
  if (countsBeside(written, dialect)) return loadReference(context, written, dialect, name);
  const target = follow(context, written);
  if (!target || !isSchema(target.value)) return undefined;
  const halt = haltBefore(context, written, dialect);
  if (halt) return loadReference(context, halt, dialectAt(context, halt) ?? dialect, nameOf(halt) ?? name);
  return takeIn(
    context,
    { value: target.value, at: target.at },
    { name: nameOf(target) ?? name ?? placeName(target), dialect: dialectAt(context, target) ?? dialect },
  );
}

/** Since 2019-09 what stands beside a reference counts as well; before, the reference stands for all of the schema. */
function countsBeside({ value }: Located, dialect: Dialect): boolean {
  if (dialect === 'draft-07' || refOf(value) === undefined || !isObject(value)) return false;
  return Object.keys(value).some((key) => !SILENT.test(key));
}

/** What says nothing of values, and nothing to people. */
const SILENT = /^(\$ref|\$schema|\$id|\$anchor|\$dynamicAnchor|\$comment|\$defs|definitions)$/;

/** The first on the way to a definition that is a reference and more. */
function haltBefore(context: LoadContext, { value, at }: Located, dialect: Dialect): Located | undefined {
  const ref = refOf(value);
  const resolution = ref === undefined ? undefined : resolveRef(context, ref, at.file);
  if (resolution?.kind !== 'definition') return undefined;
  return resolution.via.find((it) => countsBeside(it, dialectAt(context, it) ?? dialect));
}

/** A schema that is a reference and something beside it. */
function loadReference(
  context: LoadContext,
  { value, at }: Located,
  dialect: Dialect,
  name?: string,
): NodeId | undefined {
  if (!isSchema(value)) return undefined;
  return takeIn(context, { value, at }, { name: name ?? placeName({ value, at }), dialect });
}

/** Taken in before its parts, so that a schema that refers to itself finds itself. */
function takeIn(
  context: LoadContext,
  { value, at }: Located & { readonly value: JsonSchema },
  { name, dialect }: { readonly name: string; readonly dialect: Dialect },
): NodeId {
  const id = nodeId(at);
  if (context.nodes.has('schemas', id)) return id;
  const schema = { id, at, name, dialect };
  context.nodes.add('schemas', { ...schema, json: true });
  context.enqueue(() => {
    context.nodes.add('schemas', { ...schema, json: rewrite(context, value, { at }, dialect) });
  });
  return id;
}

/** The dialect that a schema names itself, or that the schema document names which it stands in. */
function dialectAt(context: LoadContext, { value, at }: Located): Dialect | undefined {
  const document = context.inputs.document(at.file);
  const named = [value, document].flatMap((it) =>
    isObject(it) && typeof it.$schema === 'string' ? [it.$schema] : [],
  );
  return named[0] === undefined ? undefined : dialectOf(named[0]);
}

function rewrite(
  context: LoadContext,
  schema: JsonSchema,
  { at }: Pick<Located, 'at'>,
  around: Dialect,
): JsonSchema {
  if (typeof schema === 'boolean') return schema;
  const dialect = typeof schema.$schema === 'string' ? dialectOf(schema.$schema) : around;
  reportDialect(context, schema, at);
  const inner = (it: SchemaObject): SchemaObject =>
    mapSubschemas(it, (child, path) =>
      rewrite(context, child, { at: { file: at.file, pointer: childPointer(at.pointer, ...path) } }, dialect),
    );
  const refs = referencesOf(schema, dialect);
  if (refs.length === 0) return inner(dialect === 'draft-07' ? withNumericBounds(schema) : schema);

  const targets = refs.map((key): JsonSchema => {
    const id = loadSchema(context, { value: { $ref: schema[key]! }, at }, dialect);
    return id === undefined ? true : { $ref: id };
  });
  const beside = Object.entries(schema).filter(([key]) => !refs.includes(key));
  if (dialect === 'draft-07' || (beside.length === 0 && targets.length === 1)) return targets[0]!;
  const { allOf, ...rest } = inner(Object.fromEntries(beside));
  return { ...rest, allOf: [...targets, ...(Array.isArray(allOf) ? allOf : [])] };
}

function reportDialect(context: LoadContext, { $schema }: SchemaObject, { file, pointer }: Location): void {
  const meant = typeof $schema === 'string' ? dialectMeant($schema) : undefined;
  if (meant === undefined) return;
  const at = { file, pointer: childPointer(pointer, '$schema') };
  context.report(diagnose('schema/dialect-unknown', at, { dialect: String($schema), meant }));
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
function nameOf({ at }: Located): string | undefined {
  const path = splitPointer(at.pointer);
  if (path.length === 1) return path[0];
  const container = path.at(-2);
  return container && ['schemas', 'definitions', '$defs'].includes(container) ? path.at(-1) : undefined;
}

/** What a schema is called by nothing but its place: the key that it stands under, or its file. */
function placeName({ at }: Located): string {
  const key = splitPointer(at.pointer).findLast((it) => !/^\d+$/.test(it));
  const file = at.file.split('/').at(-1) ?? '';
  return key || file.replace(/(\.schema)?\.\w+$/, '') || 'Schema';
}
