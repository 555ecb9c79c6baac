import type { Channel, Operation, Workspace } from '../../model/index.ts';
import type { Change } from '../change.ts';
import { compare } from '../compare.ts';
import { RULES } from '../rules.ts';
import type { Advice } from './finding.ts';
import type { States } from './hits.ts';
import { judgeByRule } from './judge-by-rule.ts';
import type { Policy } from './policy.ts';

/**
 * What keeps a change that no schema decides compatible: carried out on the head, and what the rules then say of its
 * subject judged once more before it is told. Undefined where there is no such remedy, or where something still breaks.
 */
export function adviceByRule(states: States, change: Change, policy: Policy): Advice | undefined {
  if (change.code !== 'message/channel-moved') return undefined;
  const mended = { base: states.base, head: inBothChannels(states, change) };
  const { domain, label } = change.subject;
  const stillBreaks = compare(mended.base, mended.head)
    .filter(({ subject }) => subject.domain === domain && subject.label === label)
    .filter(({ code }) => RULES[code].decidedBy === 'rule')
    .some((it) => judgeByRule(mended, it, policy).severity === 'error');
  if (stillBreaks) return undefined;
  const text = `send it to both for a time: to ${change.from} as before, and to ${change.to}`;
  return { kind: 'mend', text, checked: 'no break' };
}

/** The head with the message in its former channels too, sent and received there as it was. */
function inBothChannels({ base, head }: States, { subject }: Change): Workspace {
  const carries = (channel: Channel) => subject.base !== undefined && channel.messages.includes(subject.base);
  const former = base.channels.filter(carries);
  const message = subject.head ?? '';
  const known = new Set(head.channels.map(({ id }) => id));
  const isFormer = new Set(former.map(({ id }) => id));
  const channels = [
    ...head.channels.map((it) =>
      isFormer.has(it.id) && !it.messages.includes(message)
        ? { ...it, messages: [...it.messages, message] }
        : it,
    ),
    ...former.filter(({ id }) => !known.has(id)).map((it) => ({ ...it, messages: [message] })),
  ];
  const kept = base.operations
    .filter((it) => isFormer.has(it.channel) && it.messages.includes(subject.base ?? ''))
    .map((it): Operation => ({ ...it, id: `${it.id}+kept`, messages: [message] }));
  return { ...head, channels, operations: [...head.operations, ...kept] };
}
