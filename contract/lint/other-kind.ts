import { type Location, splitPointer } from '@chirograph/schema';

const KINDS: Readonly<Record<string, string>> = {
  channels: 'a channel',
  messages: 'a message',
  messageTraits: 'a message trait',
  operations: 'an operation',
  parameters: 'a parameter',
};

/** What stands at a place that is known to hold something else than a schema. */
export function otherKindAt({ pointer }: Location): string | undefined {
  const path = splitPointer(pointer);
  const kind = path.at(-2) ?? '';
  const isListed = path.length === 2 || (path.length === 3 && path[0] === 'components');
  const isOfChannel = kind === 'messages' && path.at(-4) === 'channels';
  return (isListed || isOfChannel) && Object.hasOwn(KINDS, kind) ? KINDS[kind] : undefined;
}
