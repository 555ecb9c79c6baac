import * as contracts from '@chirograph/generated/shop/messages';
import { dataEvent, type EventSchema, eventSchema } from '@chirograph/runtime';
import { fields } from '../../shared/fields.ts';
import type { PaymentEvent } from './payment.ts';

/** How the events of payments are stored: `data` by the contracts. A new shape is a new version here, with the way from the one before. */
export const paymentEvents: EventSchema<PaymentEvent> = eventSchema<PaymentEvent>({
  PaymentAuthorized: dataEvent(contracts.paymentAuthorized, { beside: fields({ customerId: 'string' }) }),
  PaymentRefunded: dataEvent(contracts.paymentRefunded),
});
