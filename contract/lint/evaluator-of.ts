import type { Workspace } from '../model/index.ts';
import { backtracksExponentially, type Evaluator, evaluator } from '../schema/index.ts';
import { remembered } from './memo.ts';

const evaluators = new WeakMap<Workspace, Evaluator>();

/**
 * The evaluator of a workspace's schemas; rules share it, and with it the checks that it has made. Patterns that may
 * take for ever are not applied: they have a finding of their own.
 */
export function evaluatorOf(workspace: Workspace): Evaluator {
  let found = evaluators.get(workspace);
  if (!found) {
    const made = evaluator(
      (id) => workspace.schemas[id]?.json,
      (pattern) => !backtracksExponentially(pattern),
    );
    found = { ...made, faultsOf: rememberedFaults(workspace, made) };
    evaluators.set(workspace, found);
  }
  return found;
}

/** The faults of a value that is judged by a schema of the workspace are remembered. */
function rememberedFaults(workspace: Workspace, { faultsOf }: Evaluator): Evaluator['faultsOf'] {
  return (schema, value, at, follow) => {
    const find = () => faultsOf(schema, value, at, follow);
    if (typeof schema === 'boolean' || typeof value !== 'object' || value === null) return find();
    const { $ref, ...beside } = schema;
    if (typeof $ref !== 'string' || Object.keys(beside).length > 0) return find();
    return remembered(workspace, value, `faults by ${$ref} at ${at.file}#${at.pointer}`, $ref, find);
  };
}
