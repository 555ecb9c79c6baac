import type { Place } from '@chirograph/contract/diagnostics';
import type { Message, NodeId, Operation, Reply, Workspace } from '@chirograph/contract/model';
import type { Change, Subject } from '../change.ts';
import { changeOf, channelLabel, messageLabel, partOf } from './changing.ts';
import type { Matching } from './sides.ts';

/** What comes back to an operation: where it goes, and which messages it may be. */
export function compareReplies(
  matching: Matching,
  from: Operation,
  to: Operation,
  subject: Subject,
): readonly Change[] {
  const { base, head, channelOf } = matching;
  const places = {
    ...(from.reply && { base: replyKey(from) }),
    ...(to.reply && { head: replyKey(to) }),
  };
  if (!from.reply)
    return to.reply
      ? [changeOf('operation/reply-added', subject, { ...places, to: labelsOf(head, to.reply) })]
      : [];
  if (!to.reply)
    return [changeOf('operation/reply-removed', subject, { ...places, from: labelsOf(base, from.reply) })];
  const [before, after] = [from.reply.channel, to.reply.channel];
  const isMoved =
    (before && channelOf('base', before)) !== (after && channelOf('head', after)) &&
    placeText(base, before) !== placeText(head, after);
  return [
    ...(isMoved
      ? [
          changeOf('operation/reply-moved', subject, {
            base: partOf(from, 'reply', 'channel'),
            head: partOf(to, 'reply', 'channel'),
            from: placeText(base, before),
            to: placeText(head, after),
          }),
        ]
      : []),
    ...messagesBeside(matching, 'head', to.reply, from.reply).map((label) =>
      changeOf('operation/reply-message-added', subject, { ...places, to: label }),
    ),
    ...messagesBeside(matching, 'base', from.reply, to.reply).map((label) =>
      changeOf('operation/reply-message-removed', subject, { ...places, from: label }),
    ),
  ];
}

function replyKey(operation: Operation): Place {
  return { ...partOf(operation, 'reply'), part: 'key' };
}

/** The messages of a reply on one side that the reply on the other side does not have. */
function messagesBeside(
  { base, head, messageOf }: Matching,
  side: 'base' | 'head',
  own: Reply,
  other: Reply,
): readonly string[] {
  const otherSide = side === 'base' ? 'head' : 'base';
  const there = new Set(other.messages.map((id) => messageOf(otherSide, id)));
  return own.messages
    .filter((id) => !there.has(messageOf(side, id)))
    .map((id) => labelOf(side === 'base' ? base : head, id));
}

function labelsOf(workspace: Workspace, { messages }: Reply): string {
  return messages.map((id) => labelOf(workspace, id)).join(', ');
}

function labelOf({ messages }: Workspace, id: NodeId): string {
  const message: Message | undefined = messages.find((it) => it.id === id);
  return message ? messageLabel(message) : id;
}

function placeText({ channels }: Workspace, id: NodeId | undefined): string {
  const channel = channels.find((it) => it.id === id);
  return channel ? channelLabel(channel) : 'where the request says';
}
