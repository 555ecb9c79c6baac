import * as contracts from '@chirograph/generated/loyalty/messages';
import { dataEvent, type EventSchema, eventSchema } from '@chirograph/runtime';
import { fields } from '../../../shared/fields.ts';
import type { ProgramEvent } from './events.ts';

/** How the events of programmes are stored: `data` by the contracts. */
export const programEvents: EventSchema<ProgramEvent> = eventSchema<ProgramEvent>({
  LoyaltyProgramCreated: dataEvent(contracts.loyaltyProgramCreated, {
    beside: fields({ businessId: 'string', rule: 'object?' }),
  }),
  RuleChanged: { version: '1.0', check: fields({ rule: 'object' }) },
  LoyaltyProgramActivated: dataEvent(contracts.loyaltyProgramActivated),
  LoyaltyProgramPaused: dataEvent(contracts.loyaltyProgramPaused),
});
