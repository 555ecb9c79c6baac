import type { Place } from '@chirograph/contract/diagnostics';
import {
  identityOf,
  type Message,
  type NodeId,
  stepsFrom,
  upcastSteps,
  versionsOf,
  type Workspace,
} from '@chirograph/contract/model';
import type { Change } from '../change.ts';
import { signatures } from '../schemas/signature.ts';
import { changeOf, channelLabel, keyOf, messageLabel, messageSubject, partOf } from './changing.ts';
import { compareBindings } from './compare-bindings.ts';
import { compareContracts } from './compare-contracts.ts';
import { comparePart } from './compare-part.ts';
import type { Matching } from './sides.ts';

/** Messages that came and went, and what became of those that stayed. */
export function compareMessages(matching: Matching): Change[] {
  const { messages, base, head } = matching;
  const sameName = (workspace: Workspace, { domain, name }: Message) =>
    workspace.messages.some((it) => it.domain === domain && it.name === name);
  const [baseSignature, headSignature] = [signatures(base.schemas), signatures(head.schemas)];
  const unchanged = (from: NodeId | undefined, to: NodeId | undefined) =>
    from === undefined || to === undefined ? from === to : baseSignature(from) === headSignature(to);
  const carriers = { base: channelsByMessage(base), head: channelsByMessage(head) };
  /** A version that is gone takes its upcast with it. */
  const isToldByVersion = ({ code, from }: Change, { domain, name }: Message) =>
    code === 'message/upcast-removed' &&
    messages.gone.some((it) => it.domain === domain && it.name === name && it.version === from);
  return [
    ...messages.came.map((it) =>
      changeOf(
        sameName(base, it) ? 'message/version-added' : 'message/added',
        messageSubject(undefined, it),
        {
          head: keyOf(it),
        },
      ),
    ),
    ...messages.gone.map((it) => {
      const subject = messageSubject(it, undefined);
      if (!sameName(head, it)) return changeOf('message/removed', subject, { base: keyOf(it) });
      const next = messages.came.find(({ id, name }) => id === it.id && name === it.name);
      if (!next) return changeOf('message/version-removed', subject, { base: keyOf(it) });
      const [before, after] = [it, next].map((version) => partOf(version, 'x-contract', 'version'));
      return changeOf('message/version-removed', subject, {
        base: before,
        head: after,
        to: messageLabel(next),
      });
    }),
    ...messages.both.flatMap(({ base: from, head: to }) => [
      ...compareCarriers(matching, from, to, carriers),
      ...compareContracts(from, to, (version) => leadsOn(head, to, version)).filter(
        (it) => !isToldByVersion(it, to),
      ),
      ...compareBindings(from, to, messageSubject(from, to)),
      ...compareForeign(from, to),
      ...(['payload', 'headers'] as const).flatMap((part) =>
        unchanged(from[part], to[part]) || isForeign(part, from, to)
          ? []
          : comparePart(matching, from, to, part),
      ),
    ]),
    ...matching.views.flatMap(({ base: from, head: to }) => [
      ...compareForeign(from, to),
      ...(['payload', 'headers'] as const).flatMap((part) =>
        unchanged(from[part], to[part]) || isForeign(part, from, to)
          ? []
          : comparePart(matching, from, to, part),
      ),
    ]),
  ];
}

/** Whether the declared upcasts of a message's versions lead from one of them to it. */
function leadsOn(workspace: Workspace, message: Message, version: string): boolean {
  const versions = versionsOf(workspace, message);
  const old = versions.find((it) => it.version === version);
  const steps = old ? stepsFrom(old, upcastSteps(versions, message)) : [];
  return steps.length > 0 && steps.every(({ upcast }) => upcast !== undefined);
}

/** Where one side is not read, its absence from the model says nothing. */
function isForeign(part: 'payload' | 'headers', from: Message, to: Message): boolean {
  return part === 'payload' && (from.foreignPayload !== undefined || to.foreignPayload !== undefined);
}

type Carriers = ReadonlyMap<
  NodeId,
  readonly { readonly id: NodeId; readonly label: string; readonly at: Place }[]
>;

function channelsByMessage({ channels }: Workspace): Carriers {
  const found = new Map<NodeId, { id: NodeId; label: string; at: Place }[]>();
  for (const channel of channels) {
    for (const message of channel.messages) {
      const carrier = { id: channel.id, label: channelLabel(channel), at: keyOf(channel) };
      const known = found.get(message);
      if (known) known.push(carrier);
      else found.set(message, [carrier]);
    }
  }
  return found;
}

/** Where a message goes. */
function compareCarriers(
  { base, head, channelOf }: Matching,
  from: Message,
  to: Message,
  carriers: { readonly base: Carriers; readonly head: Carriers },
): Change[] {
  const [before, after] = [carriers.base.get(from.id) ?? [], carriers.head.get(to.id) ?? []];
  // Where another document describes the message too, it goes to those channels as well.
  const all = (side: 'base' | 'head', workspace: Workspace, id: NodeId) =>
    new Set(
      (identityOf(workspace, id)?.views ?? []).flatMap((view) =>
        (carriers[side].get(view.id) ?? []).map((it) => channelOf(side, it.id)),
      ),
    );
  const was = all('base', base, from.id);
  const is = all('head', head, to.id);
  const left = before.filter(({ id }) => !is.has(channelOf('base', id)));
  const joined = after.filter(({ id }) => !was.has(channelOf('head', id)));
  const subject = messageSubject(from, to);
  if (left.length === 1 && joined.length === 1) {
    return [
      changeOf('message/channel-moved', subject, {
        from: left[0]!.label,
        to: joined[0]!.label,
        base: left[0]!.at,
        head: joined[0]!.at,
      }),
    ];
  }
  return [
    ...joined.map(({ label, at }) => changeOf('message/channel-added', subject, { to: label, head: at })),
    ...left.map(({ label, at }) =>
      changeOf('message/channel-removed', subject, { from: label, base: at, head: keyOf(to) }),
    ),
  ];
}

/** Payloads in languages that are not read: that they changed is all that can be said. */
function compareForeign(from: Message, to: Message): Change[] {
  if (from.foreignPayload === to.foreignPayload) return [];
  const places = { base: partOf(from, 'payload'), head: partOf(to, 'payload') };
  const reason = 'its schema is, or was, in a language that is not read';
  return [changeOf('payload/undecided', messageSubject(from, to), { ...places, from: reason })];
}
