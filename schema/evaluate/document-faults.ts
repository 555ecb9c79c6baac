import { type Effort, noEffort, type References, type Run, type Waiting } from './check.ts';
import type { Fault } from './validation-error.ts';

/** So many references are followed from one to the next at a time: each takes a good deal of the stack. */
export const MOST_DEPTH = 100;

/**
 * The faults of a document whose own references are followed. Those that lead on too deep are taken to be right and judged
 * afterwards; where one turns out to be wrong, all is judged again, now that this is known.
 */
export function documentFaults(
  root: Waiting,
  follow: References['follow'],
  effort: Effort,
): readonly Fault[] {
  const references: References = {
    judged: new Map(),
    reported: new Map(),
    follow,
    depth: 0,
    waiting: [],
    isTelling: false,
  };
  const judge = (it: Waiting, faults: Run['faults']) =>
    it.check(it.value, it.trail, {
      faults,
      // What one part took is not taken from what another is told by.
      effort: references.isTelling ? noEffort() : effort,
      file: it.file,
      references,
    });
  const judgeAll = (first: Waiting, faults?: Fault[]): { holds: boolean; wrong: readonly Waiting[] } => {
    const holds = judge(first, faults);
    const wrong: Waiting[] = [];
    for (let next = references.waiting.pop(); next; next = references.waiting.pop()) {
      if (!judge(next, faults)) wrong.push(next);
    }
    return { holds, wrong };
  };

  const known: Waiting[] = [];
  const remember = (wrong: readonly Waiting[]) => {
    references.judged.clear();
    references.reported.clear();
    for (const { check, value } of wrong) {
      const verdicts = references.judged.get(check) ?? new Map<object, boolean>();
      references.judged.set(check, verdicts.set(value as object, false));
    }
  };
  for (;;) {
    const { holds, wrong } = judgeAll(root);
    if (holds && wrong.length === 0) return [];
    if (wrong.length === 0) break;
    known.push(...wrong);
    remember(known);
  }
  // Each part tells its own faults, as if what it leads to were right; only where none does, what rests on another.
  const faults: Fault[] = [];
  references.isTelling = true;
  remember([]);
  judgeAll(root, faults);
  if (faults.length > 0) return faults;
  remember(known);
  judgeAll(root, faults);
  return faults;
}
