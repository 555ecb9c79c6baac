import {
  type Channel,
  type Message,
  type NodeId,
  oncePer,
  type Parameter,
  type Workspace,
} from '@chirograph/contract/model';
import { channelOf } from './channel-of.ts';
import { exchangesOf } from './exchanges.ts';
import { isRequired } from './filled.ts';
import type { Scope } from './generator.ts';

/** A message on a channel. Without a channel: the usual one. */
export interface Addressed {
  readonly message: Message;
  readonly channel?: Channel | undefined;
}

/** Every channel on which services of the scope send or receive the message: the usual one first, then by their ids. */
export function channelsIn(scope: Scope, message: Message): Channel[] {
  const usual = channelOf(scope.workspace, message.id);
  const others = [...(metBy(scope).get(message.id) ?? [])].filter((it) => it !== usual);
  return [...(usual ? [usual] : []), ...others.sort((a, b) => (a.id < b.id ? -1 : 1))];
}

/** The channels of each message, looked up once: a domain may have thousands of messages. */
const metBy = oncePer((scope: Scope): ReadonlyMap<NodeId, ReadonlySet<Channel>> => {
  const channels = new Map<NodeId, Set<Channel>>();
  for (const { id } of scope.services) {
    for (const action of ['send', 'receive'] as const) {
      for (const { message, channel } of exchangesOf(scope.workspace, id, action)) {
        if (channel) channels.set(message.id, (channels.get(message.id) ?? new Set()).add(channel));
      }
    }
  }
  return channels;
});

/** Whether the message's own contract names this channel. */
export function isUsual(workspace: Workspace, { message, channel }: Addressed): boolean {
  return channel === undefined || channel.id === channelOf(workspace, message.id)?.id;
}

/** Whether a producer knows what stands there, so that its caller need not say it. */
export function isKnown(
  workspace: Workspace,
  message: Message,
  { default: usual, location }: Parameter,
): boolean {
  if (usual !== undefined) return true;
  return location !== undefined && isRequired(workspace, message[location.in], location.path);
}
