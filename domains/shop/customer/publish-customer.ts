import type { CustomerProducer } from '@chirograph/generated/shop/producers/customer';
import type { PublishContext } from '@chirograph/runtime';
import type { Customer, CustomerEvent } from './customer.ts';

/** Tells others what happened to a customer. */
export function publishCustomer(producer: CustomerProducer) {
  return async (event: CustomerEvent, context: PublishContext<Customer>): Promise<void> => {
    const subject = context.id;
    switch (event.type) {
      case 'CustomerRegistered': {
        const { data } = event;
        const { customerId, email, firstName } = data;
        await producer.customerRegistered({ subject, data }, context);
        await producer.customerRegisteredNotification(
          { subject, data: { customerId, email, firstName } },
          context,
        );
        return;
      }
      case 'CustomerEmailVerified':
        await producer.customerEmailVerified({ subject, data: event.data }, context);
        return;
      case 'ShippingAddressAdded':
        await producer.shippingAddressAdded({ subject, data: event.data }, context);
        return;
      case 'CustomerDataErased':
        await producer.customerDataErased({ subject: event.data.anonymizedId, data: event.data }, context);
        return;
      case 'VerificationIssued':
        return;
    }
  };
}
