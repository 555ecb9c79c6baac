import type { Place, Related, RuleCode, Severity } from '../diagnostics/index.ts';
import type { Workspace } from '../model/index.ts';

/** A rule of a user's own: a plain function over the model. */
export interface UserRule {
  /** `<group>/<name>`, as in `acme/topic-prefix`. It is printed with each finding and can be turned off like any other. */
  readonly code: RuleCode;
  /** Default: `warning`. */
  readonly severity?: Severity;
  readonly check: (workspace: Workspace) => Iterable<UserFinding>;
}

export interface UserFinding {
  /** What is wrong, one sentence without a full stop. */
  readonly message: string;
  /** Mostly the `at` of a node; `part: 'key'` points at its key. */
  readonly at: Place;
  /** A few words beside the caret. */
  readonly note?: string;
  /** What to do about it. */
  readonly fix?: string;
  readonly related?: readonly Related[];
}

/** Gives a rule its type. */
export function defineRule(rule: UserRule): UserRule {
  return rule;
}
