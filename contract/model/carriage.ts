import type { JsonSchema, SchemaObject } from '@chirograph/schema';
import { mergedSchema } from '@chirograph/schema/combine';
import type { Message } from './message.ts';
import type { Workspace } from './workspace.ts';

/**
 * How a payload travels: as JSON, as a string in UTF-8, in the binary encoding of its Avro schema, or as bytes that the
 * application makes itself.
 */
export type Carriage =
  | { readonly kind: 'json' | 'text' | 'avro' }
  | { readonly kind: 'bytes'; readonly limits: ByteLimits };

/** How many bytes a payload may hold. */
export interface ByteLimits {
  readonly min?: number;
  readonly max?: number;
}

/** How a message's payload travels; undefined where its content type and its schema contradict each other. */
export function carriageOf(
  workspace: Workspace,
  { contentType: type, payload }: Message,
): Carriage | undefined {
  if (isJson(type)) return { kind: 'json' };
  const found = payload === undefined ? undefined : workspace.schemas[payload];
  if (found?.avro !== undefined) return { kind: 'avro' };
  const schema = payload === undefined ? true : mergedSchema(workspace, { $ref: payload });
  if (isTextType(type) && isString(schema)) return isUtf8(type) ? { kind: 'text' } : undefined;
  const limits = byteLimits(schema);
  return limits && { kind: 'bytes', limits };
}

/** Whether a body of this content type is JSON: what has none is. */
function isJson(type: string): boolean {
  return type === '' || /^([^;]*[/+.-])?json\s*(;|$)/i.test(type);
}

/** Whether a body of this content type is characters. */
export function isTextType(type: string): boolean {
  return /^(text\/[^;+]+|[^;]+[/+](x-)?(xml|yaml|toml)|application\/(x-www-form-urlencoded|sql|graphql|javascript|jwt))\s*(;|$)/i.test(
    type,
  );
}

function isUtf8(type: string): boolean {
  const charset = charsetOf(type);
  return charset === undefined || /^(utf-?8|us-ascii)$/i.test(charset);
}

/** The `charset` parameter of a media type. */
export function charsetOf(type: string): string | undefined {
  return /;\s*charset="?([\w-]+)/i.exec(type)?.[1];
}

function isString(schema: JsonSchema): boolean {
  if (typeof schema === 'boolean' || isBinary(schema)) return false;
  const values = schema.const === undefined ? schema.enum : [schema.const];
  return schema.type === 'string' || (Array.isArray(values) && values.every((it) => typeof it === 'string'));
}

function isBinary({ format, contentEncoding }: SchemaObject): boolean {
  return format === 'binary' || contentEncoding === 'binary';
}

/** Bytes have no structure: a schema says nothing of them, or `type: string`, and how many there are. */
function byteLimits(schema: JsonSchema): ByteLimits | undefined {
  if (schema === true) return {};
  if (schema === false) return undefined;
  const { type, format, contentEncoding, minLength: min, maxLength: max, ...others } = schema;
  const isBytes =
    (type === undefined || type === 'string') &&
    (format === undefined || format === 'binary') &&
    (contentEncoding === undefined || contentEncoding === 'binary') &&
    Object.keys(others).every((it) => NOTES.has(it) || it.startsWith('x-'));
  if (!isBytes) return undefined;
  return { ...(typeof min === 'number' && { min }), ...(typeof max === 'number' && { max }) };
}

/** Keywords that check nothing. */
const NOTES = new Set([
  '$comment',
  'contentMediaType',
  'default',
  'deprecated',
  'description',
  'example',
  'examples',
  'externalDocs',
  'readOnly',
  'title',
  'writeOnly',
]);
