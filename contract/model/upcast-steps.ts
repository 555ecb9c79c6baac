import { compareVersions } from './compare-versions.ts';
import type { Message, Upcast } from './message.ts';

/** One step on the way of an older version to the newest. */
export interface UpcastStep {
  readonly from: Message;
  readonly to: Message;
  /** Undefined where the contract says nothing, which takes a function. */
  readonly upcast: Upcast | undefined;
}

/**
 * How each of `versions` becomes `newest`: the first step of each, by the version it starts from. Of several ways the one
 * with the fewest steps is taken, so what is declared of the newest itself comes first. A version that no declaration
 * leads on from goes to the newest at once, by a step of which nothing is said.
 */
export function upcastSteps(versions: readonly Message[], newest: Message): ReadonlyMap<Message, UpcastStep> {
  const older = versions
    .filter((it) => compareVersions(it.version, newest.version) < 0)
    .toSorted((a, b) => compareVersions(b.version, a.version));
  const steps = new Map<Message, UpcastStep>();
  for (const end of [newest, ...older]) {
    if (end !== newest && !steps.has(end)) steps.set(end, { from: end, to: newest, upcast: undefined });
    follow(end, older, steps);
  }
  return steps;
}

/** Adds the steps that lead to `end`, the shortest ways first. */
function follow(end: Message, older: readonly Message[], steps: Map<Message, UpcastStep>): void {
  const reached = [end];
  for (const to of reached) {
    for (const upcast of to.contract.upcasts) {
      const from = older.find((it) => it.version === upcast.from);
      if (!from || steps.has(from) || compareVersions(from.version, to.version) >= 0) continue;
      steps.set(from, { from, to, upcast });
      reached.push(from);
    }
  }
}

/** All steps from `old` to the newest, in order. */
export function stepsFrom(old: Message, steps: ReadonlyMap<Message, UpcastStep>): UpcastStep[] {
  const step = steps.get(old);
  return step ? [step, ...stepsFrom(step.to, steps)] : [];
}
