import { backtracksExponentially, type Evaluator, evaluator } from '@chirograph/schema';
import { oncePer, type Workspace } from '../model/index.ts';

/**
 * The evaluator of a workspace's schemas; rules share it, and with it the checks that it has made. Patterns that may
 * take for ever are not applied: they have a finding of their own.
 */
export const evaluatorOf = oncePer(
  ({ schemas }: Workspace): Evaluator =>
    evaluator(
      (id) => schemas[id]?.json,
      (pattern) => !backtracksExponentially(pattern),
    ),
);
