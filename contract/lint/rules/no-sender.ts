import { diagnose, suggest } from '../../diagnostics/index.ts';
import { type Endpoint, endpointsOf, meetingOf, serversOverlap } from '../../model/index.ts';
import { maySend } from '../doubt.ts';
import type { Rule } from '../rule.ts';

/**
 * A service that receives what no service sends. One finding per operation, and only where another document could hold the
 * sender: one that sends, on a broker that can be the same.
 */
export const noSender: Rule = {
  codes: ['message/no-sender'],
  *check(workspace) {
    const meeting = meetingOf(workspace);
    const ends = endpointsOf(workspace);
    const senders = ends.filter((it) => it.action === 'send');
    const couldBeSent = ({ service, servers }: Endpoint) =>
      senders.some((it) => it.service !== service && serversOverlap(it.servers, servers));
    const services = new Map(workspace.services.map((it) => [it.id, it]));
    const received = ends.filter((it) => it.action === 'receive' && !it.isReply);
    for (const own of Map.groupBy(received, (it) => it.operation).values()) {
      const [first] = own;
      if (!first || own.some((it) => meeting.sendersOf(it).length > 0) || !couldBeSent(first)) continue;
      const { message, operation } = first;
      const service = services.get(operation.service);
      if (!service || maySend(workspace, message, operation)) continue;
      const at = { file: operation.at.file, pointer: `${operation.at.pointer}/channel` };
      const suggestion = sentNear(
        first,
        senders.filter((it) => it.service !== service.id),
      );
      yield diagnose('message/no-sender', at, { name: message.name, service: service.name, suggestion });
    }
  },
};

/** What of a reader is perhaps misspelt: its address, or the name of its message at an address that has a sender. */
function sentNear({ message, channel }: Endpoint, senders: readonly Endpoint[]): string | undefined {
  const address = channel?.address ?? undefined;
  const addresses = (of: readonly Endpoint[]) => [
    ...new Set(of.flatMap((it) => it.channel?.address ?? []).filter((it) => it !== address)),
  ];
  const same = addresses(senders.filter((it) => it.message.name === message.name));
  if (address === undefined) return undefined;
  const names = senders.flatMap((it) => (it.channel?.address === address ? [it.message.name] : []));
  return suggest(address, same) ?? suggest(message.name, names) ?? suggest(address, addresses(senders));
}
