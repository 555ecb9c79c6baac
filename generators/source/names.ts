import {
  compareVersions,
  type Message,
  type NodeId,
  type Schema,
  type Service,
  sendersOf,
  versionsOf,
  type Workspace,
} from '@chirograph/contract/model';
import { reachableSchemas } from '@chirograph/schema';
import { kebabCase, lowerInitials, pascalCase } from './casing.ts';
import { channelOf } from './channel-of.ts';
import { Claims } from './claims.ts';

import { inlineParts } from './inline-parts.ts';
import { RESERVED_TYPES, RESERVED_VALUES } from './reserved.ts';

/** What the messages, schemas and services of one domain are called in code: each name once, for all generators. */
export interface Names {
  /** The type of a message: `PointsEarned`. */
  readonly typeOf: (message: Message) => string;
  /** Values and methods that belong to a message: `pointsEarned`. */
  readonly valueOf: (message: Message) => string;
  /**
   * The type of a schema. That of a payload is its message's, unless several messages have it: then it has a name of its
   * own, and theirs stand for it. An object written directly in a payload is called after both: `PointsEarnedData`.
   */
  readonly schemaType: (id: NodeId) => string;
  /** Every type of the domain, for generators that have more to name. */
  readonly types: ReadonlySet<string>;
  /** The same of values: those of messages, and what checks and reads a type. */
  readonly values: ReadonlySet<string>;
  /** The files of a service, less their ending: `wallet-service`. */
  readonly fileOf: (service: Service) => string;
}

/**
 * Names for the messages of a domain and the schemas that they refer to. A message is called by its key; where two
 * versions have one key, the older ones carry their version: `OrderPlacedV1`. Messages choose first, then their headers,
 * then the other schemas, then what has no name in the contract. A name that means something to the language gives way;
 * so does a value to what types are checked and read by (`parseInvoice`), and to a type that has no other case (`_3dayReport`).
 */
export function namesFor(
  workspace: Workspace,
  services: readonly Service[],
  messages: readonly Message[],
): Names {
  const types = new Claims(RESERVED_TYPES);
  const messageTypes = new Map<NodeId, string>();
  const messageValues = new Map<NodeId, string>();
  const nameOf = namesByKey(workspace, messages);
  for (const message of messages.toSorted(newestFirst)) {
    const key = nameOf(message);
    const versioned = `${key}${versionSuffix(message.version)}`;
    const type = types.claim([key, versioned, `${versioned}Message`]);
    messageTypes.set(message.id, type);
  }
  const files = new Claims();
  const fileNames = new Map(services.map(({ id, name }) => [id, files.claim([kebabCase(name)], '-')]));
  const schemaTypes = schemaNames(workspace, messages, messageTypes, types);
  const allTypes = new Set([...messageTypes.values(), ...schemaTypes.values()]);
  const ofTypes = [...allTypes].flatMap((type) => [type, `is${type}`, `parse${type}`]);
  const values = new Claims([...RESERVED_VALUES, ...ofTypes]);
  for (const [id, type] of messageTypes)
    messageValues.set(id, values.claim([lowerInitials(type), `${lowerInitials(type)}Message`]));
  return {
    typeOf: ({ id }) => named(messageTypes, id),
    valueOf: ({ id }) => named(messageValues, id),
    schemaType: (id) => named(schemaTypes, id),
    types: allTypes,
    values: new Set([...ofTypes, ...messageValues.values()]),
    fileOf: ({ id }) => named(fileNames, id),
  };
}

/**
 * What messages are called after: their keys. Where several have one key in one version, each is told apart by its
 * channel, and all of that key are: `EventOnOrders`, `EventOnUsers`. At one address the sender's has the name, and those
 * of others are told apart by the service that describes them.
 */
function namesByKey(workspace: Workspace, messages: readonly Message[]): (message: Message) => string {
  const byKey = Map.groupBy(messages, (it) => pascalCase(it.key));
  const services = new Map(workspace.services.map((it) => [it.at.file, it.name]));
  return (message) => {
    const key = pascalCase(message.key);
    const rivals = (byKey.get(key) ?? []).filter(
      (it) => it !== message && versionsOf(workspace, it).every((other) => other !== message),
    );
    if (rivals.length === 0) return key;
    const channel = channelOf(workspace, message.id);
    const isElsewhere = rivals.some((it) => channelOf(workspace, it.id)?.address !== channel?.address);
    if (channel && isElsewhere) return `${key}On${pascalCase(channel.key)}`;
    const isSent = (it: Message) => sendersOf(workspace, it.id).length > 0;
    const service = services.get(message.at.file);
    const isFirst = isSent(message) && !rivals.some(isSent);
    return service === undefined || isFirst ? key : `${key}Of${pascalCase(service)}`;
  };
}

/** `V2` for version 2.0, `V1_5` for 1.5. */
export function versionSuffix(version: string): string {
  return `V${version.replace(/(\.0)+$/, '').replace(/[^\p{ID_Continue}]+/gu, '_')}`;
}

function schemaNames(
  workspace: Workspace,
  messages: readonly Message[],
  messageTypes: ReadonlyMap<NodeId, string>,
  types: Claims,
): Map<NodeId, string> {
  const names = new Map<NodeId, string>();
  for (const [payload, [only, ...others]] of groupBySchema(messages, 'payload')) {
    if (only && others.length === 0) names.set(payload, named(messageTypes, only.id));
  }
  for (const [headers, [only, ...others]] of groupBySchema(messages, 'headers')) {
    if (!only || others.length > 0 || !isWithin(headers, only) || names.has(headers)) continue;
    names.set(headers, types.claim([`${named(messageTypes, only.id)}Headers`]));
  }
  for (const { id, name } of schemasOf(workspace, messages)) {
    if (!names.has(id)) names.set(id, types.claim([pascalCase(name), `${pascalCase(name)}Type`]));
  }
  for (const message of messages) {
    const type = named(messageTypes, message.id);
    if (message.payload === undefined || names.get(message.payload) !== type) continue;
    for (const { id, property } of inlineParts(workspace, message))
      names.set(id, types.claim([`${type}${pascalCase(property)}`]));
  }
  return names;
}

function groupBySchema(messages: readonly Message[], part: 'payload' | 'headers'): [NodeId, Message[]][] {
  return [...Map.groupBy(messages, (it) => it[part])].flatMap(([id, own]) =>
    id === undefined ? [] : [[id, own]],
  );
}

/** Whether a schema is written within a message, not among the document's components. */
function isWithin(schema: NodeId, message: Message): boolean {
  return schema.startsWith(`${message.id}/`);
}

function schemasOf(workspace: Workspace, messages: readonly Message[]): Schema[] {
  const roots = messages.flatMap(({ payload, headers }) => [payload ?? [], headers ?? []].flat());
  const ids = new Set(roots.flatMap((id) => reachableSchemas(workspace, id)));
  return [...ids].sort().flatMap((id) => workspace.schemas[id] ?? []);
}

function newestFirst(a: Message, b: Message): number {
  return compareVersions(b.version, a.version) || (a.id < b.id ? -1 : 1);
}

function named(names: ReadonlyMap<NodeId, string>, id: NodeId): string {
  const name = names.get(id);
  if (name === undefined) throw new Error(`${id} is no part of the domain that asks for its name`);
  return name;
}
