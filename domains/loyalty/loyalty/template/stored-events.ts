import { loyaltyTemplateUsed } from '@chirograph/generated/loyalty/messages';
import { dataEvent, type EventSchema, eventSchema } from '@chirograph/runtime';
import { fields } from '../../../shared/fields.ts';
import type { TemplateEvent } from './template.ts';

/** How the events of templates are stored: `data` by the contract. */
export const templateEvents: EventSchema<TemplateEvent> = eventSchema<TemplateEvent>({
  TemplateDefined: {
    version: '1.0',
    check: fields({ templateId: 'string', templateName: 'string', industry: 'string', rule: 'object' }),
  },
  LoyaltyTemplateUsed: dataEvent(loyaltyTemplateUsed),
});
