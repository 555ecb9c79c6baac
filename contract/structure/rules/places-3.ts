import { diagnose } from '../../diagnostics/index.ts';
import type { JsonValue } from '../../source/source.ts';
import { type DocumentRule, entriesOf, type Part, partAt } from './rule.ts';

/** Operations take their channel from `channels`, and their messages from that channel (AsyncAPI 3, "Operation Object"). */
export const operationPlaces: DocumentRule = {
  codes: ['operation/channel-elsewhere', 'operation/foreign-message'],
  versions: [3],
  *check(document) {
    const root = entriesOf(partAt(document, 'operations'));
    for (const { part } of root) {
      const channel = partAt(part, 'channel', '$ref');
      if (typeof channel.value === 'string' && !/#\/channels\//.test(channel.value))
        yield diagnose('operation/channel-elsewhere', channel.at, { ref: channel.value });
    }
    for (const { part } of [...root, ...entriesOf(partAt(document, 'components', 'operations'))]) {
      const channel = partAt(part, 'channel', '$ref').value;
      for (const message of refsIn(part, 'messages')) {
        if (typeof channel !== 'string' || message.value.startsWith(`${channel}/messages`)) continue;
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

function refsIn(part: Part, key: string): (Part & { readonly value: JsonValue & string })[] {
  return entriesOf(partAt(part, key)).flatMap(({ part: item }) => {
    const ref = partAt(item, '$ref');
    return typeof ref.value === 'string' ? [{ ...ref, value: ref.value }] : [];
  });
}
