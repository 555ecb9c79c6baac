import type { LoyaltyProducer } from '@chirograph/generated/loyalty/producers/loyalty';
import type { PublishContext } from '@chirograph/runtime';
import type { ProgramEvent } from './program/events.ts';
import type { Program } from './program/state.ts';

/** Tells others what happened to a programme. */
export function publishProgram(producer: LoyaltyProducer) {
  return async (event: ProgramEvent, context: PublishContext<Program>): Promise<void> => {
    const { id: aggregateId, state } = context;
    if (state.kind === 'unknown') throw new Error(`${event.type} left no programme behind`);
    const envelope = { aggregateId, businessId: state.businessId };
    switch (event.type) {
      case 'LoyaltyProgramCreated':
        await producer.loyaltyProgramCreated({ ...envelope, data: event.data }, context);
        return;
      case 'LoyaltyProgramActivated':
        await producer.loyaltyProgramActivated({ ...envelope, data: event.data }, context);
        return;
      case 'LoyaltyProgramPaused':
        await producer.loyaltyProgramPaused({ ...envelope, data: event.data }, context);
        return;
      case 'RuleChanged':
        return;
    }
  };
}
