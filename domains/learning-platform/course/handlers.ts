/** What the course service does with its commands, and with what it hears of refund policies. */
import type { CourseHandlers } from '@chirograph/generated/learning-platform/consumers/course';
import type { CourseProducer } from '@chirograph/generated/learning-platform/producers/course';
import type { CourseCommandRefusedPayload } from '@chirograph/generated/learning-platform/types';
import type { Log } from '@chirograph/runtime';
import { answering, userWhoAsks } from '../asked.ts';
import { type CourseService, changedTypes, createdPolicies } from './course-service.ts';

export function courseHandlers(service: CourseService, producer: CourseProducer, log: Log): CourseHandlers {
  const answer = answering<CourseCommandRefusedPayload>(producer.courseCommandRefused, log);
  return {
    async createCourse(command, context) {
      const {
        course_id: courseId,
        title,
        instructor_id: instructorId,
        policy_id: policyId,
      } = command.payload;
      const by = userWhoAsks(command.requested_by);
      const outcome = await service.create({ courseId, by, title, instructorId, policyId }, context);
      await answer(command, 'CreateCourse', courseId, outcome, context);
    },
    async updateCourse(command, context) {
      const { course_id: courseId, ...changes } = command.payload;
      const by = userWhoAsks(command.requested_by);
      const outcome = await service.update({ courseId, by, ...changes }, context);
      await answer(command, 'UpdateCourse', courseId, outcome, context);
    },
    async changeCoursePolicy(command, context) {
      const { course_id: courseId, policy_id: policyId } = command.payload;
      const by = userWhoAsks(command.requested_by);
      const outcome = await service.changePolicy({ courseId, by, policyId }, context);
      await answer(command, 'ChangeCoursePolicy', courseId, outcome, context);
    },
    async deprecateCourse(command, context) {
      const { course_id: courseId } = command.payload;
      const by = userWhoAsks(command.requested_by);
      const outcome = await service.deprecate({ courseId, by }, context);
      await answer(command, 'DeprecateCourse', courseId, outcome, context);
    },
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
