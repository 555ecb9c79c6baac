/** A refund policy: the terms on which learners get their money back. Pure. */
import type {
  PolicyCreatedPayload,
  PolicyDeprecatedPayload,
  PolicyType,
  PolicyUpdatedPayload,
  RefundConditions,
} from '@chirograph/generated/learning-platform/types';
import { type Decider, type Refusal, refuse } from '@chirograph/runtime';

/** All terms; those of `RefundConditions`, which holds the changed ones. */
export interface Terms {
  readonly type: PolicyType;
  readonly refund_period_days: number;
  /** Of the price, in percent; there when `type` is `partial_refund`. */
  readonly refund_percentage?: number | undefined;
  /** In percent; any when absent. */
  readonly max_progress?: number | undefined;
}

/** `by`: the user who asks; absent when the staff of the platform do. */
export type PolicyCommand = { readonly by?: string | undefined } & (
  | {
      readonly type: 'CreatePolicy';
      readonly policyId: string;
      readonly name: string;
      readonly terms: Terms;
    }
  | { readonly type: 'UpdatePolicy'; readonly conditions: RefundConditions }
  | { readonly type: 'DeprecatePolicy' }
);

export type PolicyEvent =
  | { readonly type: 'PolicyCreated'; readonly data: PolicyCreatedPayload }
  | { readonly type: 'PolicyUpdated'; readonly data: PolicyUpdatedPayload }
  | { readonly type: 'PolicyDeprecated'; readonly data: PolicyDeprecatedPayload };

export type PolicyFailure =
  | 'not-an-admin'
  | 'policy-exists'
  | 'policy-not-found'
  | 'policy-deprecated'
  | 'conditions-invalid'
  | 'conditions-unchanged';

export type Policy =
  | { readonly kind: 'unknown' }
  | {
      readonly kind: 'offered' | 'deprecated';
      readonly policyId: string;
      readonly name: string;
      readonly terms: Terms;
    };

export const refundPolicy: Decider<Policy, PolicyCommand, PolicyEvent, PolicyFailure> = {
  initialState: () => ({ kind: 'unknown' }),

  decide(command, state) {
    if (command.by !== undefined) return refuse('not-an-admin', 'The staff of the platform make the terms.');
    if (command.type === 'CreatePolicy') {
      const { policyId: policy_id, name, terms } = command;
      if (state.kind !== 'unknown') return refuse('policy-exists', 'There is a policy with this id.');
      const fault = faultOf(terms);
      if (fault) return fault;
      const { type, refund_period_days, ...rest } = terms;
      const created: PolicyEvent = {
        type: 'PolicyCreated',
        data: { policy_id, name, type, refund_period_days },
      };
      // What the event of the creation has no field for follows as a change.
      const new_conditions = changesOf(rest, {});
      return Object.keys(new_conditions).length === 0
        ? [created]
        : [created, { type: 'PolicyUpdated', data: { policy_id, new_conditions } }];
    }
    if (state.kind === 'unknown') return refuse('policy-not-found', 'There is no such policy.');
    if (state.kind === 'deprecated') return refuse('policy-deprecated', 'The policy is deprecated.');
    const { policyId: policy_id, name, terms } = state;
    if (command.type === 'DeprecatePolicy') return [{ type: 'PolicyDeprecated', data: { policy_id, name } }];
    const fault = faultOf({ ...terms, ...command.conditions });
    if (fault) return fault;
    const new_conditions = changesOf(command.conditions, terms);
    if (Object.keys(new_conditions).length === 0) {
      return refuse('conditions-unchanged', 'These are the terms already.');
    }
    return [{ type: 'PolicyUpdated', data: { policy_id, new_conditions } }];
  },

  evolve(state, { type, data }) {
    if (type === 'PolicyCreated') {
      const { policy_id: policyId, name, type, refund_period_days } = data;
      return { kind: 'offered', policyId, name, terms: { type, refund_period_days } };
    }
    if (state.kind === 'unknown') return state;
    return type === 'PolicyDeprecated'
      ? { ...state, kind: 'deprecated' }
      : { ...state, terms: { ...state.terms, ...data.new_conditions } };
  },
};

function faultOf(terms: Terms): Refusal<PolicyFailure> | undefined {
  const { type, refund_period_days: days, refund_percentage: percentage } = terms;
  const says = (message: string) => refuse('conditions-invalid' as const, message);
  if (type === 'no_refund')
    return days > 0 ? says('Without a refund there is no period for one.') : undefined;
  if (days === 0) return says('A refund needs a period in which it can be asked for.');
  if (type === 'full_refund' && (percentage ?? 100) !== 100) return says('A full refund is 100 percent.');
  if (type === 'partial_refund' && (percentage === undefined || percentage <= 0 || percentage >= 100)) {
    return says('A partial refund is more than 0 and less than 100 percent.');
  }
  return undefined;
}

function changesOf(
  conditions: RefundConditions | Omit<Terms, 'type' | 'refund_period_days'>,
  before: Partial<Terms>,
): RefundConditions {
  const was: Readonly<Record<string, unknown>> = { ...before };
  return Object.fromEntries(
    Object.entries(conditions).filter(([term, value]) => value !== undefined && was[term] !== value),
  );
}

const DAY = 86_400_000;

export type RefundRefusal = 'no-refund' | 'refund-period-over' | 'progress-too-high';

/**
 * What of a price comes back, in the minor unit, or why nothing does. Half a cent goes to the learner.
 * @param paidAt milliseconds since 1970-01-01T00:00Z, as `at`
 */
export function refundOf(
  terms: Terms,
  { price, paidAt, at, progress }: Readonly<Record<'price' | 'paidAt' | 'at' | 'progress', number>>,
): number | Refusal<RefundRefusal> {
  if (terms.type === 'no_refund') return refuse('no-refund', 'The policy of a course gives nothing back.');
  if (at > paidAt + terms.refund_period_days * DAY) {
    return refuse('refund-period-over', `It could be asked for in ${terms.refund_period_days} days.`);
  }
  if (progress > (terms.max_progress ?? 100)) {
    return refuse('progress-too-high', `More than ${terms.max_progress} percent of a course is done.`);
  }
  const percentage = terms.type === 'full_refund' ? 100 : (terms.refund_percentage ?? 0);
  return Math.round((price * percentage) / 100);
}
