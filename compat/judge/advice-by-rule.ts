import type { Channel, Operation, Workspace } from '@chirograph/contract/model';
import type { Change } from '../change.ts';
import { compare } from '../compare.ts';
import { RULES } from '../rules/rules.ts';
import type { States } from './affected-operations.ts';
import type { Advice } from './finding.ts';
import { judgeByRule } from './judge-by-rule.ts';
import type { Policy } from './policy.ts';

/**
 * What keeps changes that no schema decides compatible: carried out on the head, all at once, and what the rules then
 * say of a change's subject judged once more before it is told. The function returned gives undefined where there is no
 * such remedy, or where something still breaks.
 */
export function ruleAdviser(
  states: States & { readonly changes: readonly Change[] },
  policy: Policy,
): (change: Change) => Advice | undefined {
  const moved = states.changes.filter(({ code }) => code === 'message/channel-moved');
  let broken: ReadonlySet<string> | undefined;
  return (change) => {
    if (!moved.includes(change)) return undefined;
    broken ??= stillBroken(states, moved, policy);
    if (broken.has(subjectText(change))) return undefined;
    const text = `send it to both for a while: to ${change.from} as before, and to ${change.to}`;
    return { kind: 'fix', text, checked: 'no break' };
  };
}

/** The subjects of which a rule finds a break when every moved message goes to its former channels too. */
function stillBroken(states: States, moved: readonly Change[], policy: Policy): ReadonlySet<string> {
  const head = moved.reduce(
    (fixed, change) => inBothChannels({ ...states, head: fixed }, change),
    states.head,
  );
  const fixed = { base: states.base, head };
  const breaks = compare(fixed.base, fixed.head)
    .filter(({ code }) => RULES[code].decidedBy === 'rule')
    .filter((it) => judgeByRule(fixed, it, policy).severity === 'error');
  return new Set(breaks.map(subjectText));
}

function subjectText({ subject }: Change): string {
  return `${subject.domain} ${subject.label}`;
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
