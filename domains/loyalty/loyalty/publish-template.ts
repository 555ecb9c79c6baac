import type { LoyaltyProducer } from '@chirograph/generated/loyalty/producers/loyalty';
import type { PublishContext } from '@chirograph/runtime';
import type { Template, TemplateEvent } from './template/template.ts';

/** Tells others what happened to a template. */
export function publishTemplate(producer: LoyaltyProducer) {
  return async (event: TemplateEvent, context: PublishContext<Template>): Promise<void> => {
    switch (event.type) {
      case 'LoyaltyTemplateUsed':
        await producer.loyaltyTemplateUsed({ aggregateId: context.id, data: event.data }, context);
        return;
      case 'TemplateDefined':
        return;
    }
  };
}
