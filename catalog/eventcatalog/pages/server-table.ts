import type { Server } from '@chirograph/contract/model';
import { code, phrase, table } from '../text/markdown.ts';

/** The brokers that somebody connects to, each once. */
export function serverTable(servers: readonly Server[]): string {
  const rows = servers.map(({ key, protocol, address, security }) => [
    phrase(key),
    phrase(protocol),
    code(address),
    security.length > 0 ? phrase(security.join(' or ')) : 'none asked',
  ]);
  const unique = new Map(rows.map((it) => [it.join('\n'), it]));
  return table(['Broker', 'Protocol', 'Address', 'Security'], [...unique.values()]);
}
