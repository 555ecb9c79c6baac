import * as contracts from '@chirograph/generated/shop/messages';
import { dataEvent, type EventSchema, eventSchema } from '@chirograph/runtime';
import { fields } from '../../shared/fields.ts';
import type { CustomerEvent } from './customer.ts';

/** How the events of customers are stored: `data` by the contracts. A new shape is a new version here, with the way from the one before. */
export const customerEvents: EventSchema<CustomerEvent> = eventSchema<CustomerEvent>({
  CustomerRegistered: dataEvent(contracts.customerRegistered, { beside: fields({ passwordHash: 'string' }) }),
  VerificationIssued: { version: '1.0', check: fields({ tokenHash: 'string', expiresAt: 'number' }) },
  CustomerEmailVerified: dataEvent(contracts.customerEmailVerified),
  ShippingAddressAdded: dataEvent(contracts.shippingAddressAdded, {
    beside: fields({ recipientName: 'string' }),
  }),
  CustomerDataErased: dataEvent(contracts.customerDataErased),
});
