import { type Fault, locationOf, rootOf, splitPointer, type Trail } from '@chirograph/schema';

/** What stands under the keys of `components` and of the root, in the words of the tables' titles. */
const KINDS: Readonly<Record<string, string>> = {
  channels: 'a channel',
  correlationIds: 'a correlation id',
  messageTraits: 'a message trait',
  messages: 'a message',
  operationTraits: 'an operation trait',
  operations: 'an operation',
  parameters: 'a parameter',
  replies: 'a reply',
  replyAddresses: 'a reply address',
  schemas: 'a schema',
  serverVariables: 'a server variable',
  servers: 'a server',
  tags: 'a tag',
};

/** A reference that leads to something else than is wanted where it stands. */
export interface WrongKind {
  /** The object with the `$ref`. */
  readonly via: Trail;
  readonly wanted: string;
  readonly found: string;
}

/**
 * The references at fault for faults that would otherwise be told of their targets, by the first link of the targets'
 * trails: what is a good message is no bad channel.
 */
export function wrongKinds(faults: readonly Fault[]): ReadonlyMap<Trail, WrongKind> {
  const kinds = new Map<Trail, WrongKind>();
  for (const { trail, schema } of faults) {
    const root = rootOf(trail);
    const { title: wanted } = schema;
    const found = kindAt(root);
    if (!root.via || trail !== root || found === undefined || typeof wanted !== 'string') continue;
    if (wanted !== found && Object.values(KINDS).includes(wanted))
      kinds.set(root, { via: root.via, wanted, found });
  }
  return kinds;
}

function kindAt(root: Trail): string | undefined {
  const path = splitPointer(locationOf(root).pointer);
  const isListed =
    path.length === 2 || (path.length === 3 && path[0] === 'components') || path.at(-2) === 'messages';
  const list = path.at(-2) ?? '';
  return isListed && Object.hasOwn(KINDS, list) ? KINDS[list] : undefined;
}
