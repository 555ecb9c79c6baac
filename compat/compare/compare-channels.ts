import { type Channel, nodeId, oncePer, type Workspace } from '@chirograph/contract/model';
import type { Change, Subject } from '../change.ts';
import { changeOf, channelLabel, keyOf, partOf } from './changing.ts';
import { compareBindings } from './compare-bindings.ts';
import { blankAddress, compareParameters } from './compare-parameters.ts';
import { domainOfFile, type Matching } from './sides.ts';

/** Channels. One that came or went with messages is told by what became of these. */
export function compareChannels(matching: Matching): Change[] {
  const { both, came, gone } = matching.channels;
  return [
    ...both.flatMap(({ base, head }) => {
      const subject = channelSubject(matching, base, head);
      return [
        ...compareAddresses(base, head, subject),
        ...compareBindings(base, head, subject),
        ...compareChannelServers(matching, base, head, subject),
      ];
    }),
    ...came
      .filter((it) => it.messages.length === 0)
      .map((it) => changeOf('channel/added', channelSubject(matching, undefined, it), { head: keyOf(it) })),
    ...gone
      .filter((it) => it.messages.length === 0)
      .map((it) => changeOf('channel/removed', channelSubject(matching, it, undefined), { base: keyOf(it) })),
  ];
}

function compareAddresses(base: Channel, head: Channel, subject: Subject): Change[] {
  if (blankAddress(base.address ?? '') === blankAddress(head.address ?? '')) {
    return compareParameters(base, head, subject);
  }
  const places = { base: partOf(base, 'address'), head: partOf(head, 'address') };
  const [from, to] = [channelLabel(base), channelLabel(head)];
  return [changeOf('channel/address-changed', subject, { ...places, from, to })];
}

/** The servers that a channel is on: those that it chooses, else all of its document. */
function compareChannelServers(matching: Matching, base: Channel, head: Channel, subject: Subject): Change[] {
  if (!base.servers && !head.servers) return [];
  const [before, after] = [serversOf(matching.base, base), serversOf(matching.head, head)];
  // Servers that came or went with the document are told by that.
  const [known, now] = [documentServers(matching.base, base), documentServers(matching.head, head)];
  const both = (it: string) => known.includes(it) && now.includes(it);
  const places = { base: partOf(base, 'servers'), head: partOf(head, 'servers') };
  return [
    ...after
      .filter((it) => both(it) && !before.includes(it))
      .map((it) => changeOf('server/added', subject, { ...places, to: it })),
    ...before
      .filter((it) => both(it) && !after.includes(it))
      .map((it) => changeOf('server/removed', subject, { ...places, from: it })),
  ];
}

function serversOf(workspace: Workspace, channel: Channel): readonly string[] {
  const { byId } = serverAddresses(workspace);
  return channel.servers?.flatMap((id) => byId.get(id) ?? []) ?? documentServers(workspace, channel);
}

function documentServers(workspace: Workspace, { at }: Channel): readonly string[] {
  return serverAddresses(workspace).byFile.get(at.file) ?? [];
}

const serverAddresses = oncePer(({ services }: Workspace) => ({
  byId: new Map(services.flatMap((it) => it.servers).map(({ at, address }) => [nodeId(at), address])),
  // Of two services in one file the first one counts.
  byFile: new Map(
    services.toReversed().map((it) => [it.at.file, it.servers.map(({ address }) => address)] as const),
  ),
}));

function channelSubject(
  { base, head }: Matching,
  from: Channel | undefined,
  to: Channel | undefined,
): Subject {
  const channel = to ?? from!;
  return {
    domain: domainOfFile(to ? head : base, channel.at.file),
    label: channelLabel(channel),
    kind: 'channel',
    ...(from && { base: from.id }),
    ...(to && { head: to.id }),
    messages: { base: from?.messages ?? [], head: to?.messages ?? [] },
  };
}
