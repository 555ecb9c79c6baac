import {
  compareVersions,
  type Message,
  type NodeId,
  reachableSchemas,
  type Schema,
  type Workspace,
} from '@chirograph/contract/model';
import { camelCase, pascalCase } from './casing.ts';

/** What the messages and schemas of one domain are called in code: each name once, whoever asks. */
export interface Names {
  /** The type of a message: `PointsEarned`. */
  readonly typeOf: (message: Message) => string;
  /** Values and methods that belong to a message: `pointsEarned`. */
  readonly valueOf: (message: Message) => string;
  /** The type of a schema that has a name of its own: `RuleConfiguration`. */
  readonly schemaType: (id: NodeId) => string | undefined;
}

/**
 * Names for the messages of a domain and the schemas that they refer to. A message is called by its key; where two
 * versions have one key, the older ones carry their version: `OrderPlacedV1`. Messages choose first, then schemas.
 */
export function namesFor(workspace: Workspace, messages: readonly Message[]): Names {
  const taken = new Set<string>();
  const types = new Map<NodeId, string>();
  for (const message of messages.toSorted(newestFirst)) {
    const key = pascalCase(message.key);
    const versioned = `${key}V${message.version.replace(/\.0$/, '').replaceAll('.', '_')}`;
    types.set(message.id, claim(taken, [key, versioned]));
  }
  const payloads = new Set(messages.flatMap(({ payload }) => payload ?? []));
  for (const schema of schemasOf(workspace, messages)) {
    if (payloads.has(schema.id)) continue;
    types.set(schema.id, claim(taken, [pascalCase(schema.name), `${pascalCase(schema.name)}Type`]));
  }
  return {
    typeOf: ({ id }) => types.get(id) ?? '',
    valueOf: ({ id }) => camelCase(types.get(id) ?? ''),
    schemaType: (id) => types.get(id),
  };
}

function schemasOf(workspace: Workspace, messages: readonly Message[]): Schema[] {
  const roots = messages.flatMap(({ payload, headers }) => [payload ?? [], headers ?? []].flat());
  const ids = new Set(roots.flatMap((id) => reachableSchemas(workspace, id)));
  return [...ids].sort().flatMap((id) => workspace.schemas[id] ?? []);
}

function newestFirst(a: Message, b: Message): number {
  return compareVersions(b.version, a.version) || (a.id < b.id ? -1 : 1);
}

/** The first candidate that is free; else the last one, numbered. */
function claim(taken: Set<string>, candidates: readonly string[]): string {
  let name = candidates.find((it) => !taken.has(it));
  for (let n = 2; name === undefined; n += 1) {
    const numbered = `${candidates.at(-1)}${n}`;
    if (!taken.has(numbered)) name = numbered;
  }
  taken.add(name);
  return name;
}
