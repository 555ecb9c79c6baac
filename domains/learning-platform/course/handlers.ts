/** What the course service hears of refund policies. */
import type { CourseHandlers } from '@chirograph/generated/learning-platform/consumers/course';
import type { RefundConditions } from '@chirograph/generated/learning-platform/types';
import type { HandlerContext, Log } from '@chirograph/runtime';
import type { Candidate } from './course.ts';
import { type CourseService, knownPolicies } from './course-service.ts';

const defaults = { percentage: 100, maxProgress: 100 };

export function courseHandlers(service: CourseService, log: Log): CourseHandlers {
  async function note(
    { tx }: Pick<HandlerContext, 'tx' | 'causedBy'>,
    id: string,
    changes: Partial<Candidate> & { readonly isDeprecated?: boolean },
    isNewer = true,
  ): Promise<void> {
    const before = (await knownPolicies(tx).get(id)) ?? {};
    await knownPolicies(tx).put(id, isNewer ? { ...before, ...changes } : { ...changes, ...before });
  }

  return {
    async policyCreated({ payload: { policy_id: policyId, type, refund_period_days: days } }, context) {
      // An update that was told before it is newer.
      await note(context, policyId, { ...defaults, policyId, type, days }, false);
      log(context, 'offers the policy for courses');
    },
    async policyUpdated({ payload: { policy_id, new_conditions } }, context) {
      await note(context, policy_id, candidateOf(new_conditions));
      log(context, 'knows the new terms');
    },
    async policyDeprecated({ payload: { policy_id } }, context) {
      const { reassigned, missing } = await service.replacePolicy(policy_id, context);
      await note(context, policy_id, { isDeprecated: true });
      log(context, `${reassigned} courses get another policy, ${missing} have to choose one`);
    },
  };
}

function candidateOf(conditions: RefundConditions): Partial<Candidate> {
  const {
    type,
    refund_period_days: days,
    refund_percentage: percentage,
    max_progress: maxProgress,
  } = conditions;
  return {
    ...(type !== undefined && { type }),
    ...(days !== undefined && { days }),
    ...(percentage !== undefined && { percentage }),
    ...(maxProgress !== undefined && { maxProgress }),
  };
}
