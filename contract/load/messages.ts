import { isObject, type JsonObject, type Location, splitPointer } from '@chirograph/schema';
import {
  type Message,
  type MessageExample,
  type MessageKind,
  type MessageLayer,
  type NodeId,
  nodeId,
} from '../model/index.ts';
import { type MajorVersion, withMeantKeys } from '../structure/index.ts';
import { readBindings } from './bindings.ts';
import { readContract, readPath } from './contract.ts';
import { follow, followMeant } from './follow.ts';
import type { LoadContext } from './load-context.ts';
import type { Located } from './located.ts';
import { mergePatch } from './merge-patch.ts';
import { readForeignPayload, readHeaders, readPayload } from './message-schemas.ts';
import { childAt, childrenAt, memberOf, objectAt, present, textAt } from './read.ts';

/** What a message inherits from the document that defines it. */
export interface MessageSetting {
  readonly domain: string;
  readonly defaultContentType: string | undefined;
  /** What the version of AsyncAPI says that it is written in. */
  readonly asyncapi: MajorVersion;
}

/** A message with its traits. */
interface Parts {
  readonly own: Located & { readonly value: JsonObject };
  /** The message and its traits in the order of merging: what comes later wins. */
  readonly layers: readonly (Located & { readonly value: JsonObject })[];
  /** What the layers say together, beside schemas and examples. */
  readonly merged: JsonObject;
}

/** Takes a message into the workspace. `key` names it where nothing else does. */
export function loadMessage(
  context: LoadContext,
  key: string,
  written: Located,
  setting: MessageSetting,
): NodeId | undefined {
  const target = followMeant(context, written);
  if (!target || !isObject(target.value) || isOtherComponent(target.at)) return undefined;
  const id = nodeId(target.at);
  if (!context.nodes.has('messages', id)) {
    const own = { at: target.at, value: target.value };
    context.nodes.add('messages', readMessage(context, keyOf(own, key, setting), own, setting));
  }
  return id;
}

/** A schema in the place of a message has been reported; it is no message without a description besides. */
function isOtherComponent({ pointer }: Location): boolean {
  return /^\/components\/(?!messages\/)[^/]+\/[^/]+$/.test(pointer);
}

/** A message without a key may have an id or a name. */
function keyOf({ at, value }: Parts['own'], fallback: string, { asyncapi }: MessageSetting): string {
  const path = splitPointer(at.pointer);
  const last = path.at(-1) ?? fallback;
  if (asyncapi.messageKeys === 'everywhere' || path.at(-2) === 'messages') return last;
  return textAt(value, 'messageId') ?? textAt(value, 'name') ?? fallback;
}

/** What stands for a name that is not written: a key or an id that somebody chose, or only the place. */
function namingOf({ at, value }: Parts['own'], { asyncapi }: MessageSetting): Message['naming'] {
  const path = splitPointer(at.pointer);
  const isKeyed = path.length > 0 && (asyncapi.messageKeys === 'everywhere' || path.at(-2) === 'messages');
  return isKeyed || textAt(value, 'messageId') !== undefined ? 'key' : 'place';
}

function readMessage(context: LoadContext, key: string, own: Parts['own'], setting: MessageSetting): Message {
  const parts = withTraits(context, own, setting);
  const { merged } = parts;
  const contract = objectAt(merged, 'x-contract');
  const correlationId = last(parts, 'correlationId');
  const correlation = correlationId && follow(context, correlationId);
  const payload = readPayload(context, own, key, textAt(merged, 'schemaFormat'), setting.asyncapi);
  return {
    id: nodeId(own.at),
    at: own.at,
    domain: setting.domain,
    key,
    name: textAt(merged, 'name') ?? key,
    version: textAt(contract, 'version') ?? '1.0',
    kind: kindOf(contract),
    ...present({
      naming: textAt(merged, 'name') === undefined ? namingOf(own, setting) : undefined,
      title: textAt(merged, 'title'),
      summary: textAt(merged, 'summary'),
      description: textAt(merged, 'description'),
      payload,
      foreignPayload: payload === undefined ? readForeignPayload(context, own) : undefined,
      headers: readHeaders(context, parts.layers, key),
      correlationId: readPath(textAt(correlation?.value, 'location')),
      bindings: readBindings(context, parts.layers),
      layers: parts.layers.length > 1 ? layersOf(parts) : undefined,
    }),
    deprecated: merged.deprecated === true,
    tags: tagsOf(context, last(parts, 'tags')),
    contentType: textAt(merged, 'contentType') ?? setting.defaultContentType ?? usualType(context, payload),
    examples: readExamples(context, parts),
    contract: readContract(contract, own.at),
  };
}

/** Where nothing is said of how it is encoded: an Avro payload in the encoding of its schema (Avro 1.11, "HTTP"), else JSON. */
function usualType({ nodes }: LoadContext, payload: NodeId | undefined): string {
  const schema = payload === undefined ? undefined : nodes.get('schemas', payload);
  return schema?.avro === undefined ? 'application/json' : 'avro/binary';
}

function kindOf(contract: JsonObject): MessageKind {
  const { kind } = contract;
  return kind === 'command' || kind === 'integration-event' ? kind : 'event';
}

function withTraits(context: LoadContext, own: Parts['own'], { asyncapi }: MessageSetting): Parts {
  const traits = childrenAt(own, 'traits').flatMap(({ written }) => {
    const trait = followMeant(context, written);
    return trait && isObject(trait.value) ? [{ at: trait.at, value: trait.value }] : [];
  });
  const layers = asyncapi.traitPrecedence === 'message' ? [...traits, own] : [own, ...traits];
  return { own, layers, merged: layers.map(({ value }) => factsIn(value)).reduce(mergePatch, {}) };
}

/** What a layer says beside its schemas and examples, which are large and are read where they stand. */
function factsIn(layer: JsonObject): JsonObject {
  const { payload, headers, examples, ...facts } = withMeantKeys(layer);
  return facts;
}

/** Keys whose members are taken over one by one. */
const SPLIT = new Set(['x-contract', 'bindings']);

/** Each layer with the paths that no later one has. */
function layersOf({ layers }: Parts): MessageLayer[] {
  const paths = layers.map(({ value }) =>
    Object.entries(value).flatMap(([key, it]) =>
      SPLIT.has(key) && isObject(it) ? Object.keys(it).map((name) => `${key}/${name}`) : [key],
    ),
  );
  return layers.map(({ at }, index) => {
    const later = new Set(paths.slice(index + 1).flat());
    return { at, decides: paths[index]!.filter((path) => !later.has(path)) };
  });
}

/** Where the value of a key that wins is written. */
function last({ layers }: Parts, key: string): Located | undefined {
  const layer = layers.findLast(({ value }) => memberOf(value, key) !== undefined);
  return layer && childAt(layer, key);
}

function tagsOf(context: LoadContext, tags: Located | undefined): string[] {
  if (!tags || !Array.isArray(tags.value)) return [];
  return tags.value.flatMap((_, index) => textAt(follow(context, childAt(tags, index))?.value, 'name') ?? []);
}

function readExamples(context: LoadContext, parts: Parts): MessageExample[] {
  const examples = last(parts, 'examples');
  if (!examples || !Array.isArray(examples.value)) return [];
  return examples.value.flatMap((_, index) => {
    const example = follow(context, childAt(examples, index));
    return example ? [readExample(context, example)] : [];
  });
}

function readExample(context: LoadContext, example: Located): MessageExample {
  const at: Location = example.at;
  const part = (key: 'payload' | 'headers') =>
    isObject(example.value) && example.value[key] !== undefined
      ? follow(context, childAt(example, key))?.value
      : undefined;
  return {
    at,
    ...present({
      name: textAt(example.value, 'name'),
      summary: textAt(example.value, 'summary'),
      payload: part('payload'),
      headers: part('headers'),
    }),
  };
}
