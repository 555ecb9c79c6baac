import { diagnose, suggest } from '../../diagnostics/index.ts';
import { type DocumentRule, entriesOf, keysOf, partAt } from './rule.ts';

/** A channel names servers of its document (AsyncAPI 2, "Channel Item Object"). */
export const channelServers: DocumentRule = {
  codes: ['channel/unknown-server'],
  versions: [2],
  *check(document, follow) {
    const servers = keysOf(partAt(document, 'servers'));
    for (const { part } of entriesOf(partAt(document, 'channels'))) {
      const channel = follow(part);
      for (const { part: server } of channel ? entriesOf(partAt(channel, 'servers')) : []) {
        const name = server.value;
        if (typeof name !== 'string' || servers.includes(name)) continue;
        yield diagnose('channel/unknown-server', server.at, { name, suggestion: suggest(name, servers) });
      }
    }
  },
};

/** The key of a channel holds no query and no fragment: in AsyncAPI 2 it is the address ("Channels Object"). */
export const channelKeys: DocumentRule = {
  codes: ['channel/query-or-fragment'],
  versions: [2, 3],
  *check(document) {
    for (const { key, part } of entriesOf(partAt(document, 'channels')))
      if (/[?#]/.test(key)) yield diagnose('channel/query-or-fragment', { ...part.at, part: 'key' }, { key });
  },
};

/** The channels and operations of an AsyncAPI 3 document are listed in it; each of them may be a reference, the list not. */
export const listsInPlace: DocumentRule = {
  codes: ['reference/not-allowed'],
  versions: [3],
  *check(document) {
    for (const key of ['channels', 'operations']) {
      const ref = partAt(document, key, '$ref');
      if (typeof ref.value === 'string')
        yield diagnose('reference/not-allowed', { ...ref.at, part: 'key' }, { owner: `\`${key}\`` });
    }
  },
};
