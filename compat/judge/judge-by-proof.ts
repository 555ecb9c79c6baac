import { type Endpoint, fieldSchemas, type Message } from '@chirograph/contract/model';
import type { Rooted } from '@chirograph/schema/combine';
import type { Change } from '../change.ts';
import { matters } from '../matters.ts';
import { RULES } from '../rules/rules.ts';
import { type Adviser, adviser, type ChangedMessage } from './advice.ts';
import type { States } from './affected-operations.ts';
import { audienceOf, type Reach, reachOf, readersApart } from './audience.ts';
import { type Direction, defaultMode, directionsOf } from './direction.ts';
import type { Finding, Impact } from './finding.ts';
import { fieldText, findingOf } from './finding-of.ts';
import { impactOf } from './impact.ts';
import { demandOn, type Policy, termsOf } from './policy.ts';
import { onlyChange, type Proof, prove, rootedIn } from './prove.ts';

/** What is found in the changes of one message's schemas. */
export interface Proved {
  /** Of each change what is found in it alone: nothing, where it is told with others. */
  readonly alone: ReadonlyMap<Change, readonly Finding[]>;
  /** Of changes that break together, or of which it is not known whether they do. */
  readonly together: readonly Finding[];
}

/** Judges the changes of one message's schemas: by a message that one side may write and the other refuses. */
export function judgeByProof(states: States, changes: readonly Change[], policy: Policy): Proved {
  const [first] = changes;
  const base = states.base.messages.find(({ id }) => id === first?.subject.base);
  const head = states.head.messages.find(({ id }) => id === first?.subject.head);
  if (!first || !base || !head) return { alone: new Map(), together: [] };
  const { mode = defaultMode(states.head, head) } = demandOn(head, policy);
  const terms = termsOf(head, policy);
  const changed: ChangedMessage = { states, base, head, terms, directions: directionsOf(mode) };

  const parts = (['payload', 'headers'] as const).map((part) => examine(changed, part, changes, policy));
  const spared = new Map(parts.flatMap((it) => [...it.spared]));
  const impacts = new Map(parts.flatMap((it) => [...it.impacts]));
  const unexplained = parts.filter((it) => it.unexplained.length > 0);
  const suspects = new Set(unexplained.flatMap((it) => it.suspects));
  const advise = impacts.size === 0 ? undefined : adviser(changed, changes);
  return {
    alone: new Map(
      changes.map((change) => [
        change,
        suspects.has(change)
          ? []
          : [
              withSpared(
                states,
                findingAlone(changed, change, impacts.get(change) ?? [], advise, policy),
                spared.get(change) ?? [],
                policy,
              ),
            ],
      ]),
    ),
    together: unexplained.map((it) => findingTogether(states, first, it, policy)),
  };
}

/** What the proofs of a part of a message come to. */
interface Examined {
  readonly part: 'payload' | 'headers';
  /** The changes at fault, each with all ways in which it affects. */
  readonly impacts: ReadonlyMap<Change, readonly Impact[]>;
  readonly unexplained: readonly Unexplained[];
  /** Of changes that would break: who has a contract of its own that holds on. */
  readonly spared: ReadonlyMap<Change, readonly Spared[]>;
  /** The changes that may have to do with what no single one explains. */
  readonly suspects: readonly Change[];
}

/** A direction that does not hold, or of which it is not known, and no single change to blame. */
interface Unexplained {
  readonly proof: Proof;
  readonly impact: Impact;
}

function examine(
  changed: ChangedMessage,
  part: Examined['part'],
  changes: readonly Change[],
  policy: Policy,
): Examined {
  const { states, base, head, directions } = changed;
  const own = changes.filter((it) => it.code.startsWith(`${part}/`) && !isUnknown(it));
  const impacts = new Map<Change, readonly Impact[]>();
  const spared = new Map<Change, readonly Spared[]>();
  const unexplained: Unexplained[] = [];
  const sides = {
    part,
    changed: base,
    before: rootedIn(states.base, base, part),
    terms: changed.terms,
    policy,
  };
  for (const direction of own.length > 0 ? directions : []) {
    const proof = prove({ ...changed, part }, own, direction);
    const audience = audienceOf(states.base, base, direction);
    if (proof.kind === 'holds' && audience.own.length === 0) continue;
    const reach = (after: Rooted) => reachOf(states.base, audience.own, { ...sides, direction, after });
    const add = (change: Change, impact: Impact) =>
      impacts.set(change, [...(impacts.get(change) ?? []), impact]);
    const spare = (change: Change, ends: readonly Endpoint[]) => {
      if (ends.length > 0) spared.set(change, [...(spared.get(change) ?? []), { direction, ends }]);
    };
    if (proof.kind === 'holds') {
      // What the contract itself bears need not be borne by those who have one of their own.
      const whole = reach(rootedIn(states.head, head, part));
      if (whole.affected.length === 0) continue;
      const found = own.filter(matters).flatMap((change, _, { length }) => {
        const alone =
          onlyChange({ states, head, part }, change, own) ??
          (length === 1 ? rootedIn(states.head, head, part) : undefined);
        const reached = alone && reach(alone);
        return reached && reached.affected.length > 0 ? [{ change, reached }] : [];
      });
      for (const { change, reached } of found) {
        add(change, impactOf(states, base, head, direction, reached.witness, reached));
        spare(change, reached.unaffected);
      }
      if (found.length === 0) {
        const broken: Proof = { kind: 'breaks', faults: new Map(), witness: whole.witness };
        const impact = impactOf(states, base, head, direction, whole.witness, whole);
        unexplained.push({ proof: broken, impact });
      }
      continue;
    }
    // Nobody here reads what was sent before by the contract that changed.
    const apart = isKept(direction, base, head) ? [] : readersApart(states.base, base, direction);
    if (apart.length > 0) {
      const faults = proof.kind === 'breaks' ? [...proof.faults.keys()] : [];
      for (const it of faults.length > 0 ? faults : own.filter(matters)) spare(it, apart);
      continue;
    }
    const isSpared = ({ affected, unaffected, unknown }: Reach) =>
      audience.shared.length === 0 &&
      affected.length === 0 &&
      unknown.length === 0 &&
      unaffected.length > 0 &&
      !isKept(direction, base, head);
    if (proof.kind === 'undecided' || proof.faults.size === 0) {
      const reached = reach(rootedIn(states.head, head, part));
      if (isSpared(reached)) {
        for (const it of own.filter(matters)) spare(it, reached.unaffected);
        continue;
      }
      const witness = proof.kind === 'breaks' ? proof.witness : undefined;
      const ends = audience.own.length > 0 ? reached : undefined;
      unexplained.push({ proof, impact: impactOf(states, base, head, direction, witness, ends) });
      continue;
    }
    if (proof.unexamined) {
      const rest: Proof = {
        kind: 'undecided',
        reason: `the schemas are too large to try ${proof.unexamined.length} more changes one by one`,
      };
      unexplained.push({ proof: rest, impact: impactOf(states, base, head, direction, undefined) });
    }
    for (const [change, witness] of proof.faults) {
      const alone = onlyChange({ states, head, part }, change, own) ?? rootedIn(states.head, head, part);
      const reached = reach(alone);
      spare(change, reached.unaffected);
      if (isSpared(reached)) continue;
      const shown = audience.shared.length > 0 ? witness : (reached.witness ?? witness);
      // Who may be affected by what does break is named: nobody can tell that it is not.
      const ends =
        audience.own.length > 0 ? { affected: [...reached.affected, ...reached.unknown] } : undefined;
      add(change, impactOf(states, base, head, direction, shown, ends));
    }
    if (audience.own.length === 0) continue;
    for (const change of own.filter((it) => matters(it) && !proof.faults.has(it))) {
      const alone = onlyChange({ states, head, part }, change, own);
      const reached = alone && reach(alone);
      if (reached === undefined || reached.affected.length === 0) continue;
      add(change, impactOf(states, base, head, direction, reached.witness, reached));
      spare(change, reached.unaffected);
    }
  }
  const suspects = own.filter((it) => matters(it) && !impacts.has(it) && !spared.has(it));
  return { part, impacts, unexplained, suspects, spared };
}

/** Those who have a contract of their own that a change does not affect. */
interface Spared {
  readonly direction: Direction;
  readonly ends: readonly Endpoint[];
}

/** Whether old messages are kept, and so are read by the new contract whichever service sends now. */
function isKept(direction: Direction, base: Message, head: Message): boolean {
  return direction === 'BACKWARD' && Math.max(base.contract.retention ?? 0, head.contract.retention ?? 0) > 0;
}

/** Who is not affected, as a sentence: `Billing does not read \`note\`.` */
function sparedText({ base }: States, change: Change, spared: readonly Spared[]): string {
  const sentences = spared.flatMap(({ direction, ends }) =>
    ends.map(({ service, message, action }) => {
      const name = capital(base.services.find(({ id }) => id === service)?.name ?? service);
      const { payload } = message;
      const isRead =
        change.field.length === 0 ||
        payload === undefined ||
        change.code.startsWith('headers/') ||
        fieldSchemas(base, payload, change.field).length > 0;
      if (direction === 'BACKWARD' && action === 'receive') return `${name} reads by a contract of its own.`;
      if (direction === 'BACKWARD') return `${name} sends nothing that the new contract rejects.`;
      return isRead
        ? `${name} accepts every message that the new contract allows.`
        : `${name} does not read \`${fieldText(change.field)}\`.`;
    }),
  );
  return [...new Set(sentences)].join(' ');
}

function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

/** A fact that says itself that nothing can be decided. */
function isUnknown({ code }: Change): boolean {
  return code.endsWith('/undecided');
}

/** A break that affects none of those known is a warning: others may read it. */
function withSpared(states: States, finding: Finding, spared: readonly Spared[], policy: Policy): Finding {
  if (spared.length === 0) return finding;
  const { change } = finding;
  const text = sparedText(states, change, spared);
  if (finding.impacts.length > 0) {
    return { ...finding, note: [`Not affected: ${text}`, finding.note].filter(Boolean).join(' ') };
  }
  const verdict = policy.unknownReaders === 'error' ? 'breaking' : 'warning';
  const others = spared.some(({ ends }) => ends.some((it) => it.action === 'receive'))
    ? 'Readers'
    : 'Senders';
  return {
    ...findingOf(states, change, verdict, [], policy),
    note: `${text} ${others} outside the workspace may be affected.`,
  };
}

function findingAlone(
  changed: ChangedMessage,
  change: Change,
  impacts: readonly Impact[],
  advise: Adviser | undefined,
  policy: Policy,
): Finding {
  const { states, base, head, directions } = changed;
  if (isUnknown(change)) {
    const all = directions.map((it) => impactOf(states, base, head, it, undefined));
    return findingOf(states, change, 'undecided', all, policy);
  }
  if (impacts.length === 0) {
    const verdict = RULES[change.code].severity === 'warning' ? 'warning' : 'safe';
    return findingOf(states, change, verdict, [], policy);
  }
  const advice = advise?.(change);
  const note = `${change.subject.label} kept its version: a change that breaks needs a new one.`;
  return {
    ...findingOf(states, change, 'breaking', impacts, policy),
    ...(advice?.kind !== 'version' && { note }),
    ...(advice && { advice }),
  };
}

/** One finding for changes that break only together, or of which it is not known whether they do. */
function findingTogether(
  states: States,
  like: Change,
  { part, unexplained, suspects }: Examined,
  policy: Policy,
): Finding {
  const impacts = unexplained.map(({ impact }) => impact);
  const reason = unexplained.flatMap(({ proof }) => (proof.kind === 'undecided' ? [proof.reason] : []))[0];
  const breaks = unexplained.some(({ proof }) => proof.kind === 'breaks');
  const { base, head } = suspects[0] ?? like;
  const change: Change = {
    code: breaks ? `${part}/changed` : `${part}/undecided`,
    subject: like.subject,
    field: [],
    from: breaks ? '' : (reason ?? ''),
    to: '',
    ...(base && { base }),
    ...(head && { head }),
  };
  const told = suspects.map(({ code, field, from, to, subject }) =>
    RULES[code].message({ subject: subject.label, field: fieldText(field), from, to }),
  );
  return {
    ...findingOf(states, change, breaks ? 'breaking' : 'undecided', impacts, policy),
    ...(told.length > 0 && { note: `${breaks ? 'Together' : 'What changed'}: ${told.join('; ')}.` }),
  };
}
