/** What the course service hears of refund policies. */
import type { CourseHandlers } from '@chirograph/generated/learning-platform/consumers/course';
import type { Log } from '@chirograph/runtime';
import { type CourseService, changedTypes, createdPolicies } from './course-service.ts';

export function courseHandlers(service: CourseService, log: Log): CourseHandlers {
  return {
    async policyCreated({ occurred_on, payload: { policy_id: policyId, type } }, context) {
      await createdPolicies(context.tx).put(policyId, { policyId, type, createdAt: Date.parse(occurred_on) });
      log(context, 'offers the policy for courses');
    },
    async policyUpdated(
      {
        payload: {
          policy_id: policyId,
          new_conditions: { type },
        },
      },
      context,
    ) {
      if (type === undefined) return;
      await changedTypes(context.tx).put(policyId, { type });
      log(context, 'knows the new type of the policy');
    },
    async policyDeprecated({ payload: { policy_id } }, context) {
      const { reassigned, missing } = await service.replacePolicy(policy_id, context);
      log(context, `${reassigned} courses get another policy, ${missing} have to choose one`);
    },
  };
}
