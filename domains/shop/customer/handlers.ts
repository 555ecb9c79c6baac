/** What the customer service does with messages: its commands, and its own events for what customers see. */
import type { CustomerHandlers } from '@chirograph/generated/shop/consumers/customer';
import type { CustomerProducer } from '@chirograph/generated/shop/producers/customer';
import type { CustomerCommandRefusedData } from '@chirograph/generated/shop/types';
import type { Log } from '@chirograph/runtime';
import { answering } from '../../shared/answer.ts';
import { type CustomerService, profiles } from './customer-service.ts';

export function customerHandlers(
  service: CustomerService,
  producer: CustomerProducer,
  log: Log,
): CustomerHandlers {
  const answer = answering<CustomerCommandRefusedData>(producer.customerCommandRefused, log);

  return {
    registerCustomer: async (command, context) =>
      answer(command, await service.registerCustomer(command.data, context), context),
    verifyCustomerEmail: async (command, context) => {
      const outcome = await service.verifyCustomerEmail(command.data.verificationToken, context);
      await answer(command, outcome, context);
    },
    addShippingAddress: async (command, context) =>
      answer(command, await service.addShippingAddress(command.data, context), context, {
        subject: command.data.customerId,
      }),
    requestGDPRErasure: async (command, context) => {
      const { customerId } = command.data;
      const outcome = await service.requestGDPRErasure(customerId, context);
      await answer(command, outcome, context, { subject: customerId });
    },
    async customerEmailVerified({ data: { customerId } }, context) {
      const { addressIds = [] } = (await profiles(context.tx).get(customerId)) ?? {};
      await profiles(context.tx).put(customerId, { canOrder: true, addressIds });
      log(context, 'the customer can order');
    },
    async shippingAddressAdded({ data: { customerId, addressId } }, context) {
      const { canOrder = false, addressIds = [] } = (await profiles(context.tx).get(customerId)) ?? {};
      await profiles(context.tx).put(customerId, { canOrder, addressIds: [...addressIds, addressId] });
      log(context, 'offers the address for orders');
    },
  };
}
