import {
  type Dialect,
  type Location,
  type Message,
  type MessageExample,
  type MessageKind,
  type NodeId,
  nodeId,
} from '../model/index.ts';
import { childPointer, isObject, type JsonObject, type JsonValue, splitPointer } from '../source/index.ts';
import { readContract, readPath } from './contract.ts';
import { follow } from './follow.ts';
import type { Loading, Written } from './loading.ts';
import { childrenAt, objectAt, present, textAt } from './read.ts';
import { loadSchema } from './schemas.ts';

/** What a message inherits from the document that defines it. */
export interface MessageSetting {
  readonly domain: string;
  readonly defaultContentType: string;
}

/** Takes a message into the workspace, its traits merged in (AsyncAPI 3, "Traits Merge Mechanism"). */
export function loadMessage(
  loading: Loading,
  key: string,
  written: Written,
  setting: MessageSetting,
): NodeId | undefined {
  const target = follow(loading, written);
  if (!target || !isObject(target.value)) return undefined;
  const id = nodeId(target.at);
  if (!loading.messages.has(id)) {
    const ownKey = splitPointer(target.at.pointer).at(-1) ?? key;
    loading.messages.set(id, readMessage(loading, ownKey, { at: target.at, value: target.value }, setting));
  }
  return id;
}

function readMessage(
  loading: Loading,
  key: string,
  { at, value: own }: { readonly at: Location; readonly value: JsonObject },
  setting: MessageSetting,
): Message {
  const merged = withTraits(loading, at, own);
  const contract = objectAt(merged, 'x-contract');
  return {
    id: nodeId(at),
    at,
    domain: setting.domain,
    key,
    name: textAt(merged, 'name') ?? key,
    version: textAt(contract, 'version') ?? '1.0',
    kind: kindOf(contract),
    ...present({
      title: textAt(merged, 'title'),
      summary: textAt(merged, 'summary'),
      description: textAt(merged, 'description'),
      payload: readSchema(loading, at, own, 'payload', key),
      headers: readSchema(loading, at, own, 'headers', `${key}Headers`),
      correlationId: readPath(objectAt(merged, 'correlationId').location),
    }),
    deprecated: merged.deprecated === true,
    tags: childrenAt({ value: merged, at }, 'tags').flatMap(
      ({ written }) => textAt(written.value, 'name') ?? [],
    ),
    contentType: textAt(merged, 'contentType') ?? setting.defaultContentType,
    examples: readExamples(at, own),
    contract: readContract(contract, at),
  };
}

function kindOf(contract: JsonObject): MessageKind {
  const { kind } = contract;
  return kind === 'command' || kind === 'integration-event' ? kind : 'event';
}

/** Later traits win over earlier ones, and the message's own words over all of them. */
function withTraits(loading: Loading, at: Location, own: JsonObject): JsonObject {
  const traits = childrenAt({ value: own, at }, 'traits').flatMap(({ written }) => {
    const trait = follow(loading, written);
    return trait && isObject(trait.value) ? [trait.value] : [];
  });
  return [...traits, own].reduce(mergePatch, {});
}

/** JSON Merge Patch (RFC 7396), which AsyncAPI names for traits. */
function mergePatch(target: JsonObject, patch: JsonObject): JsonObject {
  const merged: Record<string, JsonValue> = { ...target };
  for (const [key, value] of Object.entries(patch)) {
    const former = merged[key];
    if (value === null) delete merged[key];
    else merged[key] = isObject(value) ? mergePatch(isObject(former) ? former : {}, value) : value;
  }
  return merged;
}

/** A payload or headers: a schema, or a multi-format schema object around one. */
function readSchema(
  loading: Loading,
  at: Location,
  own: JsonObject,
  key: 'payload' | 'headers',
  name: string,
) {
  const schema = own[key];
  if (schema === undefined) return undefined;
  const here = { value: schema, at: { file: at.file, pointer: childPointer(at.pointer, key) } };
  const format = textAt(schema, 'schemaFormat');
  if (format === undefined || !isObject(schema) || schema.schema === undefined) {
    return loadSchema(loading, here, 'draft-07', name);
  }
  const dialect = dialectOf(format);
  const inner = {
    value: schema.schema,
    at: { file: at.file, pointer: childPointer(here.at.pointer, 'schema') },
  };
  return dialect && loadSchema(loading, inner, dialect, name);
}

/** The dialect of a `schemaFormat`, undefined for formats that are not JSON Schema. */
function dialectOf(format: string): Dialect | undefined {
  if (format.startsWith('application/vnd.aai.asyncapi')) return 'draft-07';
  if (!format.startsWith('application/schema+')) return undefined;
  if (format.includes('2020-12')) return '2020-12';
  return format.includes('2019-09') ? '2019-09' : 'draft-07';
}

function readExamples(at: Location, own: JsonObject): MessageExample[] {
  return childrenAt({ value: own, at }, 'examples').map(({ written }) => ({
    at: written.at,
    ...present({
      name: textAt(written.value, 'name'),
      summary: textAt(written.value, 'summary'),
      payload: isObject(written.value) ? written.value.payload : undefined,
      headers: isObject(written.value) ? written.value.headers : undefined,
    }),
  }));
}
