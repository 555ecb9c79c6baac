import { type Diagnostic, diagnose } from '../../diagnostics/index.ts';
import { type DocumentRule, entriesOf, type Follow, itemsOf, type Part, partAt } from './rule.ts';

/** Operations take their channel from `channels`, and their messages from that channel (AsyncAPI 3, "Operation Object"). */
export const operationPlaces: DocumentRule = {
  codes: ['operation/channel-elsewhere', 'operation/foreign-message', 'operation/reply-addressed-twice'],
  versions: [3],
  *check(document, follow) {
    const root = entriesOf(partAt(document, 'operations'));
    for (const { part } of root) {
      const channel = partAt(part, 'channel', '$ref');
      if (typeof channel.value === 'string' && !/#\/channels\//.test(channel.value))
        yield diagnose('operation/channel-elsewhere', channel.at, { ref: channel.value });
    }
    for (const { part } of [...root, ...entriesOf(partAt(document, 'components', 'operations'))]) {
      const operation = follow(part);
      if (!operation) continue;
      yield* foreignMessages(operation, 'operation', follow);
      const reply = follow(partAt(operation, 'reply'));
      if (reply) yield* ofReply(reply, follow);
    }
    for (const { part } of entriesOf(partAt(document, 'components', 'replies'))) {
      const reply = follow(part);
      if (reply) yield* ofReply(reply, follow);
    }
  },
};

function* ofReply(reply: Part, follow: Follow): Iterable<Diagnostic> {
  yield* foreignMessages(reply, 'reply', follow);
  yield* addressedTwice(reply, follow);
}

/** Where the request says where the reply goes, the channel of the reply has no address ("Operation Reply Object"). */
function* addressedTwice(reply: Part, follow: Follow): Iterable<Diagnostic> {
  const own = partAt(reply, 'address');
  const ref = partAt(reply, 'channel', '$ref').value;
  const channel = follow(partAt(reply, 'channel'));
  if (own.value === null || !channel || typeof ref !== 'string') return;
  const { value: address } = partAt(channel, 'address');
  if (typeof address === 'string')
    yield diagnose('operation/reply-addressed-twice', { ...own.at, part: 'key' }, { channel: ref, address });
}

/**
 * The messages of an operation or a reply that are not its channel's. They are referred to through the channel; whether
 * by the way that the operation takes to it or by another one (the file of its sender) makes no difference.
 */
function* foreignMessages(owner: Part, of: 'operation' | 'reply', follow: Follow): Iterable<Diagnostic> {
  const written = partAt(owner, 'channel');
  const ref = partAt(written, '$ref').value;
  // What does not resolve has been said of the reference itself.
  const channel = follow(written);
  if (!channel || typeof ref !== 'string') return;
  for (const message of refsIn(owner, 'messages')) {
    const through = /^(.*)\/messages\/[^/]+$/.exec(message.value)?.[1];
    if (through === ref || !follow(message.owner)) continue;
    const other = through === undefined ? undefined : follow({ value: { $ref: through }, at: owner.at });
    if (other && other.at.file === channel.at.file && other.at.pointer === channel.at.pointer) continue;
    yield diagnose('operation/foreign-message', message.at, { ref: message.value, channel: ref, of });
  }
}

/** Channels take their servers from `servers` (AsyncAPI 3, "Channel Object"). */
export const serverPlaces: DocumentRule = {
  codes: ['channel/server-elsewhere'],
  versions: [3],
  *check(document) {
    for (const { part } of entriesOf(partAt(document, 'channels')))
      for (const server of refsIn(part, 'servers'))
        if (!/#\/servers\//.test(server.value))
          yield diagnose('channel/server-elsewhere', server.at, { ref: server.value });
  },
};

/** The text of a `$ref`, and the object that it stands in. */
interface Reference extends Part {
  readonly value: string;
  readonly owner: Part;
}

function refsIn(part: Part, key: string): Reference[] {
  return itemsOf(partAt(part, key)).flatMap((item) => {
    const ref = partAt(item, '$ref');
    return typeof ref.value === 'string' ? [{ ...ref, value: ref.value, owner: item }] : [];
  });
}
