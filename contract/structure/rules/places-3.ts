import type { JsonValue } from '@chirograph/schema';
import { splitPointer } from '@chirograph/schema';
import { diagnose } from '../../diagnostics/index.ts';
import { type DocumentRule, entriesOf, type Part, partAt } from './rule.ts';

/** Operations take their channel from `channels`, and their messages from that channel (AsyncAPI 3, "Operation Object"). */
export const operationPlaces: DocumentRule = {
  codes: ['operation/channel-elsewhere', 'operation/foreign-message'],
  versions: [3],
  *check(document, follow) {
    const root = entriesOf(partAt(document, 'operations'));
    for (const { part } of root) {
      const channel = partAt(part, 'channel', '$ref');
      if (typeof channel.value === 'string' && !/#\/channels\//.test(channel.value))
        yield diagnose('operation/channel-elsewhere', channel.at, { ref: channel.value });
    }
    for (const { part } of [...root, ...entriesOf(partAt(document, 'components', 'operations'))]) {
      const channel = partAt(part, 'channel', '$ref').value;
      // What leads nowhere has been said of the reference itself.
      if (!follow(partAt(part, 'channel'))) continue;
      for (const message of refsIn(part, 'messages')) {
        if (
          typeof channel !== 'string' ||
          channelOf(document, message.value) === channelOf(document, `${channel}/messages`)
        )
          continue;
        if (!follow(message.owner)) continue;
        yield diagnose('operation/foreign-message', message.at, { ref: message.value, channel });
      }
    }
  },
};

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

/**
 * The channel that a reference to one of its messages names, through every reference of this document to another's: a
 * message may be named there too.
 */
function channelOf(document: Part, ref: string): string {
  let [, channel = ref] = /^(.*)\/messages(?:\/[^/]*)?$/.exec(ref) ?? [];
  for (let hops = 0; hops < 10 && channel.startsWith('#'); hops++) {
    const next = partAt(document, ...splitPointer(channel.slice(1)), '$ref').value;
    if (typeof next !== 'string') break;
    channel = next;
  }
  return channel.replace(/^\.\//, '');
}

/** The text of a `$ref`, and the object that it stands in. */
interface Reference extends Part {
  readonly value: JsonValue & string;
  readonly owner: Part;
}

function refsIn(part: Part, key: string): Reference[] {
  return entriesOf(partAt(part, key)).flatMap(({ part: item }) => {
    const ref = partAt(item, '$ref');
    return typeof ref.value === 'string' ? [{ ...ref, value: ref.value, owner: item }] : [];
  });
}
