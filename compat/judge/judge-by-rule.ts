import {
  addressOf,
  consumersOf,
  endpointsOf,
  endsOf,
  type Message,
  type NodeId,
  sendersOf,
} from '@chirograph/contract/model';
import type { Change } from '../change.ts';
import { messageLabel } from '../compare/changing.ts';
import { RULES } from '../rules/rules.ts';
import { affectedAt, affectedBy, type States } from './affected-operations.ts';
import { defaultMode, directionsOf } from './direction.ts';
import type { AffectedOperation, Finding, Impact, Verdict } from './finding.ts';
import { findingOf } from './finding-of.ts';
import { messageOfChange } from './fingerprint.ts';
import { narrowed } from './lost-pairs.ts';
import { type Orphans, orphanedReaders, orphanedSenders } from './orphans.ts';
import { demandOn, type Policy } from './policy.ts';
import { replacementOf } from './replacement.ts';

/** Judges a change that no schema decides: by its rule, and by who is there to be hit. */
export function judgeByRule(states: States, change: Change, policy: Policy): Finding {
  const rule = RULES[change.code];
  const joining = joiningOf(states, change);
  const isMoved = change.code === 'message/channel-moved';
  if (joining && !isMoved)
    return { ...findingOf(states, change, 'warning', [joining.impact], policy), note: joining.note };
  if (rule.affects.length === 0) return findingOf(states, change, plainVerdict(change), [], policy);
  if (!isAsked(states, change, policy)) return findingOf(states, change, 'safe', [], policy);
  const opinion: Opinion = CONTEXT[change.code]?.(states, change, policy) ?? {
    verdict: plainVerdict(change),
  };
  const { verdict } = opinion;
  const note = isMoved ? joining?.note : opinion.note;
  const own = verdict === 'safe' ? [] : (opinion.impacts ?? [impact(states, change)]);
  const impacts = isMoved && joining ? [...own, joining.impact] : own;
  return { ...findingOf(states, change, verdict, impacts, policy), ...(note !== undefined && { note }) };
}

/**
 * A message that comes to a channel which somebody takes whole: they receive it too, and do not know it. Undefined where
 * nobody does.
 */
function joiningOf(
  states: States,
  { code, subject }: Change,
): { readonly impact: Impact; readonly note: string } | undefined {
  if (!/^message\/(added|channel-(added|moved))$/.test(code) || subject.head === undefined) return undefined;
  const { base, head } = states;
  const sent = new Set(
    endsOf(head, subject.head).flatMap((it) =>
      it.action === 'send' && it.channel ? (addressOf(it.channel)?.text ?? []) : [],
    ),
  );
  if (sent.size === 0) return undefined;
  const name = head.messages.find(({ id }) => id === subject.head)?.name;
  const named = new Set(base.messages.flatMap((it) => (it.name === name ? [it.id] : [])));
  const known = new Set(
    subject.base === undefined ? [] : endsOf(base, subject.base).map((it) => it.operation.id),
  );
  const readers = endpointsOf(base).filter(
    ({ action, isReply, channel, operation }) =>
      action === 'receive' &&
      !isReply &&
      channel !== undefined &&
      !channel.messages.some((id) => named.has(id)) &&
      !known.has(operation.id) &&
      sent.has(addressOf(channel)?.text ?? '') &&
      channel.messages.every((id) => operation.messages.includes(id)),
  );
  const once = [...new Map(readers.map((it) => [it.operation.id, it])).values()];
  if (once.length === 0) return undefined;
  const impact: Impact = {
    parties: ['consumers'],
    direction: 'FORWARD',
    operations: affectedAt(states, once),
  };
  return {
    impact,
    note: 'It receives every message of the channel and does not know this one: let it ignore unknown messages, or deploy it first.',
  };
}

/** What is thought of a change, and what to say with it. */
interface Opinion {
  readonly verdict: Verdict;
  readonly note?: string;
  /** Whom it affects, where a proof says more of it than the rule. */
  readonly impacts?: readonly Impact[];
}

const SAFE: Opinion = { verdict: 'safe' };
const BREAKING: Opinion = { verdict: 'breaking' };

function plainVerdict({ code }: Change): Verdict {
  const { severity } = RULES[code];
  return severity === 'error' ? 'breaking' : severity === 'warning' ? 'warning' : 'safe';
}

/** What a rule cannot know by itself: who else sends, who still receives, what was announced. */
const CONTEXT: Readonly<
  Partial<Record<Change['code'], (states: States, change: Change, policy: Policy) => Opinion>>
> = {
  'service/removed': (states, change, policy) => {
    const readers = orphanedReaders(states, change, policy);
    const ends = [...readers.ends, ...orphanedSenders(states, change)];
    const isBreaking = stillThere(states, change).some((it) => isOrphan(states, it));
    return withOrphans(states, change, { ...readers, ends }, isBreaking);
  },
  'operation/send-removed': (states, change, policy) =>
    withOrphans(
      states,
      change,
      orphanedReaders(states, change, policy),
      stillThere(states, change).some(({ id }) => sendersOf(states.head, id).length === 0),
    ),
  'operation/receive-removed': (states, change) =>
    withOrphans(
      states,
      change,
      { ends: orphanedSenders(states, change) },
      stillThere(states, change).some(
        (it) => it.kind === 'command' && consumersOf(states.head, it.id).length === 0,
      ),
    ),
  'operation/reply-removed': onlyWhereAnswered,
  'operation/reply-message-added': onlyWhereAnswered,
  'message/removed': retired,
  'message/version-removed': (states, change, policy) => {
    const successor = successorOf(states, change);
    if (!successor) {
      const opinion = retired(states, change, policy);
      return opinion.verdict === 'breaking' ? (replaced(states, change, policy) ?? opinion) : opinion;
    }
    // An upcast helps new readers of old messages; old readers receive new ones unchanged.
    const replacement = replacementOf(states, change, policy, 'FORWARD');
    if (replacement && !replacement.fit) {
      const note = `${replacement.note} The upcast helps new readers of old messages only.`;
      return { verdict: 'breaking', note, impacts: replacement.impacts };
    }
    return {
      verdict: 'warning',
      note: `${messageLabel(successor)} replaces it. Services that read only ${change.subject.label} must support it first.`,
    };
  },
  'channel/removed': () => ({ verdict: 'warning' }),
};

/** A version that another one has taken the place of, without an upcast: whether it fits is a matter of proof. */
function replaced(states: States, change: Change, policy: Policy): Opinion | undefined {
  const replacement = replacementOf(states, change, policy);
  if (!replacement) return undefined;
  const { fit, note, impacts } = replacement;
  return fit
    ? { verdict: 'warning', note }
    : { verdict: 'breaking', note, ...(impacts.length > 0 && { impacts }) };
}

/** A changed reply affects requesters when the service that answers changes, not the one that waits. */
function onlyWhereAnswered({ base }: States, { subject }: Change): Opinion {
  return base.operations.find(({ id }) => id === subject.base)?.action === 'receive' ? BREAKING : SAFE;
}

/** A message may be removed when its removal was announced in time. */
function retired({ base }: States, { subject }: Change, { today, deprecationDays = 0 }: Policy): Opinion {
  const message = base.messages.find(({ id }) => id === subject.base);
  const told = message?.contract.deprecation;
  if (!told) {
    if (message?.deprecated) return { verdict: 'warning', note: 'It was deprecated.' };
    return {
      verdict: 'breaking',
      note: 'Announce it first: `x-contract.deprecated: { since: <day>, removal: <day> }`, and remove it after that.',
    };
  }
  const last = [told.removal ?? '', dayAfter(told.since, deprecationDays)].sort().at(-1) ?? '';
  const note = `Deprecated since ${told.since}`;
  return today >= last
    ? { verdict: 'warning', note: `${note}.` }
    : { verdict: 'breaking', note: `; it may be removed on ${last}, not before.` };
}

/** A day so many days later, `YYYY-MM-DD`. */
function dayAfter(day: string, days: number): string {
  const time = Date.parse(`${day}T00:00:00Z`);
  return Number.isNaN(time) ? day : new Date(time + days * 86_400_000).toISOString().slice(0, 10);
}

/** A message that is received and has no sender, or a command without receiver. */
function isOrphan({ head }: States, { id, kind }: Message): boolean {
  const [senders, receivers] = [sendersOf(head, id), consumersOf(head, id)];
  return senders.length === 0 || (kind === 'command' && receivers.length === 0);
}

/** Those with a contract of their own lose their partner too, though the message is theirs and stays. */
function withOrphans(
  states: States,
  change: Change,
  { ends, witness }: Orphans,
  isBreaking: boolean,
): Opinion {
  if (ends.length === 0) return isBreaking ? BREAKING : SAFE;
  const shown = impact(states, change);
  const { messages, base: own } = change.subject;
  // Of those that the rule would name: who goes by the very words of what is withdrawn.
  const shared = new Set(
    endpointsOf(states.base).flatMap(({ message, operation, service }) =>
      messages?.base.includes(message.id) && ![operation.id, service].includes(own ?? '')
        ? [operation.id]
        : [],
    ),
  );
  const named = shown.operations.filter((it) => shared.has(it.operation));
  const known = new Set(named.map((it) => it.operation));
  const operations = [...named, ...affectedAt(states, ends).filter((it) => !known.has(it.operation))];
  return { verdict: 'breaking', impacts: [{ ...shown, operations, ...(witness && { witness }) }] };
}

/** The messages of a change that the head still has, as it has them. */
function stillThere({ base, head }: States, { subject }: Change): Message[] {
  const former = base.messages.filter(({ id }) => subject.messages?.base.includes(id));
  return head.messages.filter((it) =>
    former.some((one) => one.domain === it.domain && one.name === it.name && one.version === it.version),
  );
}

/** A newer version that says how the one that is gone becomes it. */
function successorOf(states: States, change: Change): Message | undefined {
  const gone = messageOfChange(change, states);
  return states.head.messages.find(
    (it) =>
      it.domain === gone?.domain &&
      it.name === gone.name &&
      it.contract.upcasts.some(({ from }) => from === gone.version),
  );
}

/** Whether the mode of the message asks for the direction in which the rule may break. */
function isAsked(states: States, change: Change, policy: Policy): boolean {
  const message = messageOfChange(change, states);
  const { direction } = RULES[change.code];
  if (!message || direction === 'NONE') return true;
  const inHead = states.head.messages.includes(message);
  const mode = demandOn(message, policy).mode ?? defaultMode(inHead ? states.head : states.base, message);
  const asked = directionsOf(mode);
  return direction === 'FULL' ? asked.length > 0 : asked.includes(direction);
}

function impact(states: States, change: Change): Impact {
  const { affects, direction } = RULES[change.code];
  const messages: readonly NodeId[] =
    change.subject.messages?.base ?? (change.subject.base ? [change.subject.base] : []);
  const retention = Math.max(
    0,
    ...states.base.messages.filter(({ id }) => messages.includes(id)).map((it) => it.contract.retention ?? 0),
  );
  const senders = affectedBy(states, messages, 'send');
  const receivers = affectedBy(states, messages, 'receive');
  const isOwn = ({ at }: AffectedOperation) => at.file === (change.base ?? change.head)?.file;
  // A sender that changes or withdraws its own message is not affected, unless readers go by its very words.
  const isShared = endpointsOf(states.base).some(
    (it) => it.action === 'receive' && messages.includes(it.message.id),
  );
  const isWithdrawn =
    senders.length > 0 &&
    senders.every(isOwn) &&
    (/^message\/(version-)?removed$/.test(change.code) || (receivers.length > 0 && !isShared));
  const parties = affects.filter(
    (it) =>
      (it !== 'replay' || retention > 0 || affects.length === 1) && !(it === 'producers' && isWithdrawn),
  );
  return {
    parties,
    direction: direction === 'FORWARD' || direction === 'BACKWARD' ? direction : undefined,
    operations: narrowed(states, change, [
      ...(parties.includes('producers') ? senders : []),
      ...(affects.includes('consumers') || affects.includes('in flight') || affects.includes('replay')
        ? receivers
        : []),
    ]).filter((it) => change.code !== 'service/removed' || !isOwn(it)),
    ...(retention > 0 && { retention }),
  };
}
