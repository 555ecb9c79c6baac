/** The refund policy service: which terms there are, and which courses have them. */
import type { RefundPolicyHandlers } from '@chirograph/generated/learning-platform/consumers/refund-policy';
import type { RefundPolicyProducer } from '@chirograph/generated/learning-platform/producers/refund-policy';
import type {
  RefundConditions,
  RefundPolicyCommandRefusedPayload,
} from '@chirograph/generated/learning-platform/types';
import {
  type Clock,
  type Entities,
  entities,
  type Log,
  type Outcome,
  type Store,
  type Transaction,
} from '@chirograph/runtime';
import { type Asked, answering, asked } from '../asked.ts';
import {
  type Policy,
  type PolicyCommand,
  type PolicyEvent,
  type PolicyFailure,
  refundPolicy,
  type Terms,
} from './refund-policy.ts';

export type PolicyOutcome = Outcome<PolicyEvent, PolicyFailure>;

export interface RefundPolicyService {
  create(
    request: { readonly policyId: string; readonly name: string; readonly terms: Terms },
    asked?: Asked,
  ): Promise<PolicyOutcome>;
  update(policyId: string, conditions: RefundConditions, asked?: Asked): Promise<PolicyOutcome>;
  deprecate(policyId: string, asked?: Asked): Promise<PolicyOutcome>;
  find(tx: Transaction, policyId: string): Promise<Policy>;
}

export interface RefundPolicyServiceOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly producer: RefundPolicyProducer;
}

export function refundPolicyService(options: RefundPolicyServiceOptions): RefundPolicyService {
  const { store, clock, producer } = options;
  const policies: Entities<Policy, PolicyCommand, PolicyEvent, PolicyFailure> = entities({
    name: 'refund-policy',
    store,
    clock,
    decider: refundPolicy,
    async publish({ type, data }, context) {
      const { id: aggregate_id } = context;
      if (type === 'PolicyCreated') {
        await producer.policyCreated({ aggregate_id, payload: data }, context);
      } else if (type === 'PolicyUpdated') {
        await producer.policyUpdated({ aggregate_id, payload: data }, context);
      } else await producer.policyDeprecated({ aggregate_id, payload: data }, context);
    },
  });
  return {
    create: (request, { by, ...context } = {}) =>
      policies.decide(request.policyId, { type: 'CreatePolicy', by, ...request }, context),
    update: (policyId, conditions, { by, ...context } = {}) =>
      policies.decide(policyId, { type: 'UpdatePolicy', by, conditions }, context),
    deprecate: (policyId, { by, ...context } = {}) =>
      policies.decide(policyId, { type: 'DeprecatePolicy', by }, context),
    find: (tx, policyId) => policies.load(tx, policyId),
  };
}

/** The policy that a course was changed to last, by course; `isOffered` is false where people have to choose another. */
export function assignments(tx: Transaction) {
  return tx.documents<{ readonly policyId: string; readonly isOffered: boolean }>(
    'refund-policy/assignments',
  );
}

export function refundPolicyHandlers(
  service: RefundPolicyService,
  producer: RefundPolicyProducer,
  log: Log,
): RefundPolicyHandlers {
  const answer = answering<RefundPolicyCommandRefusedPayload>(producer.refundPolicyCommandRefused, log);
  return {
    async createPolicy(command, context) {
      const { policy_id: policyId, name, ...terms } = command.payload;
      const outcome = await service.create({ policyId, name, terms }, asked(command, context));
      await answer(command, 'CreatePolicy', policyId, outcome, context);
    },
    async updatePolicy(command, context) {
      const { policy_id, new_conditions } = command.payload;
      const outcome = await service.update(policy_id, new_conditions, asked(command, context));
      await answer(command, 'UpdatePolicy', policy_id, outcome, context);
    },
    async deprecatePolicy(command, context) {
      const { policy_id } = command.payload;
      const outcome = await service.deprecate(policy_id, asked(command, context));
      await answer(command, 'DeprecatePolicy', policy_id, outcome, context);
    },
    async coursePolicyChanged({ payload: { course_id, new_policy_id: policyId } }, context) {
      const isOffered = (await service.find(context.tx, policyId)).kind === 'offered';
      await assignments(context.tx).put(course_id, { policyId, isOffered });
      log(context, isOffered ? 'the course has a policy that holds' : 'the new policy is deprecated too');
    },
  };
}
