import type { Workspace } from '../model/index.ts';
import { backtracksExponentially, type Evaluator, evaluator } from '../schema/index.ts';

const evaluators = new WeakMap<Workspace, Evaluator>();

/**
 * The evaluator of a workspace's schemas; rules share it, and with it the checks that it has made. Patterns that may
 * take for ever are not applied: they have a finding of their own.
 */
export function evaluatorOf(workspace: Workspace): Evaluator {
  let found = evaluators.get(workspace);
  if (!found) {
    found = evaluator(
      (id) => workspace.schemas[id]?.json,
      (pattern) => !backtracksExponentially(pattern),
    );
    evaluators.set(workspace, found);
  }
  return found;
}
