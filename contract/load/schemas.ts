import {
  childPointer,
  type Draft,
  isObject,
  isSchema,
  type JsonSchema,
  type Location,
  mapSubschemas,
  type SchemaObject,
  splitPointer,
} from '@chirograph/schema';
import { diagnose } from '../diagnostics/index.ts';
import { type Ignored, type NodeId, nodeId } from '../model/index.ts';
import { textAt as textAtPointer } from '../source/index.ts';
import { checkSchemaShape } from '../structure/index.ts';
import { dialectOfEdition, draftOfEdition, type Edition, readEdition } from './editions.ts';
import { follow } from './follow.ts';
import type { LoadContext } from './load-context.ts';
import type { Located } from './located.ts';
import { childAt, textAt } from './read.ts';
import { refOf, resolveRef } from './resolve.ts';
import { dialectMeant, draftOf, readFormat } from './schema-format.ts';

/**
 * Takes a schema, and all that it refers to, into the workspace. Each `$ref` becomes the id of the schema that it leads
 * to; one that leads nowhere has been reported and becomes `true`, so that it causes no second finding.
 * @param name what the schema is called where nothing else names it
 */
export function loadSchema(
  context: LoadContext,
  written: Located,
  draft: Edition,
  name?: string,
): NodeId | undefined {
  if (countsBeside(written, draft)) return loadReference(context, written, draft, name);
  const target = follow(context, written);
  if (!target || !isSchema(target.value)) return undefined;
  if (isFormatted(target.value)) return loadFormatted(context, written, target, name);
  const halt = haltBefore(context, written, draft);
  if (halt) return loadReference(context, halt, draftAt(context, halt) ?? draft, nameOf(halt) ?? name);
  return takeIn(
    context,
    { value: target.value, at: target.at },
    { name: nameOf(target) ?? name ?? placeName(target), draft: draftAt(context, target) ?? draft },
  );
}

/** A multi-format schema object: a schema with its format around it (AsyncAPI 3, "Multi Format Schema Object"). */
function isFormatted(value: JsonSchema): value is SchemaObject {
  return isObject(value) && typeof value.schemaFormat === 'string' && value.schema !== undefined;
}

/** A reference to a schema with its format around it means the schema; as it stands it would allow anything. */
function loadFormatted(
  context: LoadContext,
  { value, at: from }: Located,
  target: Located,
  name: string | undefined,
): NodeId | undefined {
  const inner = childAt(target, 'schema');
  const reading = readFormat(textAt(target.value, 'schemaFormat'));
  const isReference = refOf(value) !== undefined;
  const at = isReference ? { file: from.file, pointer: childPointer(from.pointer, '$ref') } : from;
  const found =
    reading.kind === 'json-schema'
      ? 'a multi-format schema object'
      : `a schema in ${reading.kind === 'avro' ? 'Avro' : reading.language}`;
  const diagnostic = diagnose('reference/wrong-kind', at, { wanted: 'a schema', found });
  if (reading.kind !== 'json-schema') {
    context.report(diagnostic);
    return undefined;
  }
  context.report({ ...diagnostic, severity: 'warning' });
  return loadSchema(context, inner, reading.draft, nameOf(target) ?? name);
}

/** Since 2019-09 what stands beside a reference counts as well; before, the reference stands for all of the schema. */
function countsBeside({ value }: Located, draft: Edition): boolean {
  if (dialectOfEdition(draft) === 'draft-07' || refOf(value) === undefined || !isObject(value)) return false;
  return Object.keys(value).some((key) => !SILENT.test(key));
}

/** What says nothing of values, and nothing to people. */
const SILENT = /^(\$ref|\$schema|\$id|\$anchor|\$dynamicAnchor|\$comment|\$defs|definitions)$/;

/** The first on the way to a definition that is a reference and more. */
function haltBefore(context: LoadContext, { value, at }: Located, draft: Edition): Located | undefined {
  const ref = refOf(value);
  const resolution = ref === undefined ? undefined : resolveRef(context, ref, at.file);
  if (resolution?.kind !== 'definition') return undefined;
  return resolution.via.find((it) => countsBeside(it, draftAt(context, it) ?? draft));
}

/** A schema that is a reference and something beside it. */
function loadReference(
  context: LoadContext,
  { value, at }: Located,
  draft: Edition,
  name?: string,
): NodeId | undefined {
  if (!isSchema(value)) return undefined;
  return takeIn(context, { value, at }, { name: name ?? placeName({ value, at }), draft });
}

/** Taken in before its parts, so that a schema that refers to itself finds itself. */
function takeIn(
  context: LoadContext,
  { value, at }: Located & { readonly value: JsonSchema },
  { name, draft }: { readonly name: string; readonly draft: Edition },
): NodeId {
  const id = nodeId(at);
  if (context.nodes.has('schemas', id)) return id;
  const schema = { id, at, name, dialect: dialectOfEdition(draft) };
  context.nodes.add('schemas', { ...schema, json: true });
  context.enqueue(() => {
    const ignored: Ignored[] = [];
    const missing: Location[] = [];
    const json = rewrite({ context, ignored, missing }, value, at, draft);
    context.nodes.add('schemas', {
      ...schema,
      json,
      ...(ignored.length > 0 && { ignored }),
      ...(missing.length > 0 && { missing }),
    });
  });
  return id;
}

/** The draft that a schema names itself, or that the schema document names which it stands in. */
function draftAt(context: LoadContext, { value, at }: Located): Edition | undefined {
  const document = context.inputs.document(at.file);
  const named = [value, document].flatMap((it) =>
    isObject(it) && typeof it.$schema === 'string' ? [it.$schema] : [],
  );
  return named[0] === undefined ? undefined : draftOf(named[0]);
}

interface Rewriting {
  readonly context: LoadContext;
  /** What does not count in the schema or its parts. */
  readonly ignored: Ignored[];
  /** The parts that stand for something that is not known. */
  readonly missing: Location[];
}

function rewrite(rewriting: Rewriting, schema: JsonSchema, at: Location, around: Edition): JsonSchema {
  if (typeof schema === 'boolean') return schema;
  const { context } = rewriting;
  const draft = typeof schema.$schema === 'string' ? draftOf(schema.$schema) : around;
  reportDialect(context, schema, at);
  if (draft === 'openapi-3.0') reportNullable(context, schema, at);
  if (draft !== 'draft-07') reportShape(context, schema, draftOfEdition(draft), at);
  const read = readEdition(schema, draft);
  const below = (path: readonly (string | number)[]) => ({
    file: at.file,
    pointer: childPointer(at.pointer, ...path),
  });
  const inner = (it: SchemaObject): SchemaObject =>
    mapSubschemas(it, (child, path) => rewrite(rewriting, child, below(path), draft));
  const refs = referencesOf(read.schema, draft);
  const isAlone = refs.length > 0 && dialectOfEdition(draft) === 'draft-07';
  if (!isAlone)
    rewriting.ignored.push(
      ...read.ignored.map((it) => ({ ...it, draft: draftOfEdition(draft), at: below([it.keyword]) })),
    );
  if (refs.length === 0) return inner(read.schema);

  const targets = refs.map((key): JsonSchema => {
    const id = loadSchema(context, { value: { $ref: schema[key]! }, at }, draft);
    if (id === undefined) rewriting.missing.push(at);
    return id === undefined ? true : { $ref: id };
  });
  const beside = Object.entries(read.schema).filter(([key]) => !refs.includes(key));
  if (isAlone || (beside.length === 0 && targets.length === 1)) return targets[0]!;
  const { allOf, ...rest } = inner(Object.fromEntries(beside));
  return { ...rest, allOf: [...targets, ...(Array.isArray(allOf) ? allOf : [])] };
}

function reportDialect(context: LoadContext, { $schema }: SchemaObject, { file, pointer }: Location): void {
  const meant = typeof $schema === 'string' ? dialectMeant($schema) : undefined;
  if (meant === undefined) return;
  const at = { file, pointer: childPointer(pointer, '$schema') };
  context.report(diagnose('schema/dialect-unknown', at, { dialect: String($schema), meant }));
}

/** A schema that the document has been checked for may be one of another format, too: it is told once. */
function reportShape(context: LoadContext, schema: SchemaObject, draft: Draft, at: Location): void {
  const found = checkSchemaShape(schema, draft, at, ({ file, pointer }) => {
    const source = context.inputs.source(file);
    return source && textAtPointer(source, pointer);
  });
  if (found.length === 0) return;
  const told = new Set(context.nodes.diagnostics.map((it) => nodeId(it.at)));
  for (const it of found) if (!told.has(nodeId(it.at))) context.report(it);
}

/** Without a `type` beside it `nullable` allows nothing (OpenAPI 3.0.4, section 4.7.24.2). */
function reportNullable(context: LoadContext, { nullable, type, $ref }: SchemaObject, at: Location): void {
  if (nullable !== true || type !== undefined || $ref !== undefined) return;
  const place = { file: at.file, pointer: childPointer(at.pointer, 'nullable') };
  context.report(
    diagnose('schema/keyword-without-effect', place, {
      keywords: ['nullable'],
      about: 'schemas with a `type`',
      type: undefined,
    }),
  );
}

/**
 * The keywords of a schema that refer to another one. A dynamic reference (2020-12, core, section 8.2.3.2; 2019-09 calls it
 * recursive) is read as it stands, without regard to who came by: that is all that it means to those who extend nothing.
 */
function referencesOf(schema: SchemaObject, draft: Edition): string[] {
  if (dialectOfEdition(draft) === 'draft-07') return refOf(schema) === undefined ? [] : ['$ref'];
  return ['$ref', '$dynamicRef', '$recursiveRef'].filter((key) => typeof schema[key] === 'string');
}

/**
 * Under `components.schemas`, `schemas`, `definitions` or `$defs` the key is the name; so it is at the root of a file that
 * holds nothing but schemas by their keys.
 */
function nameOf({ at }: Located): string | undefined {
  const whole = splitPointer(at.pointer);
  if (whole.length === 1) return whole[0];
  // What stands in a multi-format schema object is called as that is.
  const path = whole.at(-1) === 'schema' && isContainer(whole.at(-3)) ? whole.slice(0, -1) : whole;
  return isContainer(path.at(-2)) ? path.at(-1) : undefined;
}

function isContainer(key: string | undefined): boolean {
  return key === 'schemas' || key === 'definitions' || key === '$defs';
}

/** What a schema is called by nothing but its place: the key that it stands under, or its file. */
function placeName({ at }: Located): string {
  const key = splitPointer(at.pointer).findLast((it) => !/^\d+$/.test(it));
  const file = at.file.split('/').at(-1) ?? '';
  return key || file.replace(/(\.schema)?\.\w+$/, '') || 'Schema';
}
