import type { Message, Workspace } from '@chirograph/contract/model';
import type { Change } from '../change.ts';
import { messageLabel } from '../compare/changing.ts';
import { comparePart } from '../compare/compare-part.ts';
import { matters } from '../matters.ts';
import { RULES } from '../rules/rules.ts';
import { undo } from '../schemas/undo.ts';
import type { States } from './affected-operations.ts';
import { type Direction, defaultMode, directionsOf } from './direction.ts';
import type { Impact } from './finding.ts';
import { fieldText } from './finding-of.ts';
import { messageOfChange } from './fingerprint.ts';
import { impactOf } from './impact.ts';
import { demandOn, type Policy, termsOf } from './policy.ts';
import { type Proof, prove } from './prove.ts';

/** A version that stands where another one stood: whether those who live by the old one can live with it. */
export interface Replacement {
  readonly fit: boolean;
  /** What was found, for people. */
  readonly note: string;
  readonly impacts: readonly Impact[];
}

/**
 * What is thought of a version that is gone, where one that was not there before has its name: the two are compared as if
 * the message had kept its version, but for the version itself. Undefined where nothing took its place.
 */
export function replacementOf(
  states: States,
  change: Change,
  policy: Policy,
  only?: Direction,
): Replacement | undefined {
  const gone = messageOfChange(change, states);
  const next = gone && replacing(states, gone);
  if (!next || gone.foreignPayload !== undefined || next.foreignPayload !== undefined) return undefined;
  const { mode = defaultMode(states.base, gone) } = demandOn(gone, policy);
  const terms = termsOf(gone, policy);
  const tries = (['payload', 'headers'] as const).flatMap((part) => {
    if (gone[part] === undefined && next[part] === undefined) return [];
    const changes = comparePart(states, gone, next, part);
    const isVersion = (it: Change) => tellsVersion(it, gone, next);
    const head = withoutChanges(states, changes.filter(isVersion));
    const question = { states: { ...states, head }, base: gone, head: next, part, terms };
    const others = changes.filter((it) => !isVersion(it) && matters(it));
    return directionsOf(mode)
      .filter((it) => !only || it === only)
      .map((direction) => ({
        direction,
        changes: others,
        proof: prove(question, others, direction),
      }));
  });
  const failed = tries.filter(({ proof }) => proof.kind !== 'holds');
  const [label, was] = [messageLabel(next), gone.version];
  if (failed.length === 0) {
    const note = `${label} replaces it: ${fitText(directionsOf(mode), was)}. Services that read only ${was} must support ${next.version} first.`;
    return { fit: true, note, impacts: [] };
  }
  const told = failed.flatMap(({ proof, changes }) => {
    if (proof.kind === 'undecided') return [`it is unknown whether it is compatible: ${proof.reason}`];
    const faults = proof.kind === 'breaks' ? [...proof.faults.keys()] : [];
    return (faults.length > 0 ? faults : changes).map(changeText);
  });
  const impacts = failed.map(({ direction, proof }) =>
    impactOf(states, gone, next, direction, witnessOf(proof)),
  );
  const note = `${label} is not compatible with it: ${[...new Set(told)].join('; ')}. Keep ${was} beside it.`;
  return { fit: false, note, impacts };
}

/** The version that came in place of the one that is gone: the only new one of this name. */
function replacing({ base, head }: States, { domain, name }: Message): Message | undefined {
  const isAlike = (it: Message) => it.domain === domain && it.name === name;
  const before = new Set(base.messages.filter(isAlike).map(({ version }) => version));
  const [next, ...others] = head.messages.filter((it) => isAlike(it) && !before.has(it.version));
  return others.length === 0 ? next : undefined;
}

/** Whether a change of a schema only says that the version is another one. */
function tellsVersion({ code, field, from, to }: Change, gone: Message, next: Message): boolean {
  const { version: place } = next.contract.envelope;
  const part = place?.in === 'payload' ? 'payload' : 'headers';
  if (place && code.startsWith(`${part}/`) && field.join('/') === place.path.join('/')) return true;
  return (
    code.endsWith('/const-changed') &&
    from === JSON.stringify(gone.version) &&
    to === JSON.stringify(next.version)
  );
}

function withoutChanges({ base, head }: States, changes: readonly Change[]): Workspace {
  const edits = changes.flatMap(({ edit }) => (edit ? [edit] : []));
  const schemas = undo(edits, { base: base.schemas, head: head.schemas });
  return edits.length > 0 && schemas ? { ...head, schemas } : head;
}

function fitText(directions: readonly Direction[], was: string): string {
  return (
    directions
      .map((it) =>
        it === 'BACKWARD' ? `it accepts every ${was} message` : `readers of ${was} accept its messages`,
      )
      .join(', and ') || 'its policy asks for no compatibility'
  );
}

function changeText({ code, subject, field, from, to }: Change): string {
  return RULES[code].message({ subject: subject.label, field: fieldText(field), from, to });
}

function witnessOf(proof: Proof) {
  if (proof.kind !== 'breaks') return undefined;
  return [...proof.faults.values()][0] ?? proof.witness;
}
