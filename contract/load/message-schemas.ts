import { isObject, type JsonObject, splitPointer } from '@chirograph/schema';
import { diagnose } from '../diagnostics/index.ts';
import type { NodeId } from '../model/index.ts';
import type { MajorVersion } from '../structure/index.ts';
import { loadAvro } from './avro.ts';
import { follow } from './follow.ts';
import { layerHeaders } from './layered-headers.ts';
import type { LoadContext } from './load-context.ts';
import type { Located } from './located.ts';
import { childAt, memberOf, textAt } from './read.ts';
import { formatMeant, readFormat } from './schema-format.ts';
import { loadSchema } from './schemas.ts';

type Layer = Located & { readonly value: JsonObject };

/**
 * The payload of a message.
 * @param schemaFormat what the message says beside its payload
 */
export function readPayload(
  context: LoadContext,
  message: Layer,
  key: string,
  schemaFormat: string | undefined,
  { schemaFormatIn }: MajorVersion,
): NodeId | undefined {
  if (memberOf(message.value, 'payload') === undefined) return undefined;
  const payload = childAt(message, 'payload');
  if (schemaFormatIn === 'schema') return loadAnySchema(context, payload, key);
  return loadFormatted(context, payload, schemaFormat, childAt(message, 'schemaFormat'), key);
}

/** A payload that is not read, as text; what it refers to is followed once, to the file that holds it. */
export function readForeignPayload(context: LoadContext, message: Layer): string | undefined {
  if (memberOf(message.value, 'payload') === undefined) return undefined;
  const payload = follow(context, childAt(message, 'payload'));
  if (!payload) return undefined;
  const schema = follow(context, childAt(payload, 'schema'));
  return JSON.stringify([payload.value ?? null, schema?.value ?? null]);
}

/** The headers of a message: its own and those of its traits together. */
export function readHeaders(context: LoadContext, layers: readonly Layer[], key: string): NodeId | undefined {
  const ids = layers.flatMap((layer) =>
    memberOf(layer.value, 'headers') === undefined
      ? []
      : (loadAnySchema(context, childAt(layer, 'headers'), headersName(layer, key)) ?? []),
  );
  const distinct = [...new Set(ids)];
  if (distinct.length < 2) return distinct[0];
  const own = layers.at(-1)!;
  const at = { file: own.at.file, pointer: `${own.at.pointer}/headers` };
  return layerHeaders(context, distinct, { name: `${key}Headers`, at });
}

/** Headers that a trait brings are called after it: several messages may have them. */
function headersName({ at }: Layer, key: string): string {
  const [name = key, container] = splitPointer(at.pointer).toReversed();
  const owner = container === 'messageTraits' ? name : key;
  return /headers$/i.test(owner) ? owner : `${owner}Headers`;
}

/** A schema, or a multi-format schema object around one (AsyncAPI 3, "Multi Format Schema Object"). */
export function loadAnySchema(context: LoadContext, written: Located, name: string): NodeId | undefined {
  const target = follow(context, written);
  if (!target || !isObject(target.value) || target.value.schema === undefined) {
    return loadSchema(context, written, 'draft-07', name);
  }
  const format = textAt(target.value, 'schemaFormat');
  return loadFormatted(context, childAt(target, 'schema'), format, childAt(target, 'schemaFormat'), name);
}

function loadFormatted(
  context: LoadContext,
  schema: Located,
  format: string | undefined,
  formatAt: Located,
  name: string,
): NodeId | undefined {
  const reading = readFormat(format);
  if (reading.kind === 'json-schema') return loadSchema(context, schema, reading.draft, name);
  if (reading.kind === 'avro') return loadAvro(context, schema, name);
  const suggestion = formatMeant(format ?? '');
  const found = diagnose('schema/not-read', formatAt.at, { format: format ?? '', ...reading, suggestion });
  context.report(suggestion === undefined ? found : { ...found, severity: 'error' });
  return undefined;
}
