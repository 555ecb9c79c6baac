/** What the customer service does with messages: its commands, and its own events for what customers see. */
import type { CustomerHandlers } from '@chirograph/generated/shop/consumers/customer';
import type { CustomerProducer } from '@chirograph/generated/shop/producers/customer';
import type { CustomerCommandRefusedData } from '@chirograph/generated/shop/types';
import type { HandlerContext, Log } from '@chirograph/runtime';
import { refusalOf } from '../../shared/answer.ts';
import { type CustomerOutcome, type CustomerService, profiles } from './customer-service.ts';

export function customerHandlers(
  service: CustomerService,
  producer: CustomerProducer,
  log: Log,
): CustomerHandlers {
  async function answer(
    command: { readonly id: string; readonly type: CustomerCommandRefusedData['command'] },
    subject: string,
    outcome: CustomerOutcome,
    context: HandlerContext,
  ): Promise<void> {
    const data = refusalOf(command, outcome);
    if (data) await producer.customerCommandRefused({ subject, data }, context);
    log(context, data ? `refuses: ${data.message}` : `${command.type} done`);
  }

  return {
    registerCustomer: async (command, context) =>
      answer(command, command.id, await service.registerCustomer(command.data, context), context),
    verifyCustomerEmail: async (command, context) => {
      const outcome = await service.verifyCustomerEmail(command.data.verificationToken, context);
      await answer(command, command.id, outcome, context);
    },
    addShippingAddress: async (command, context) =>
      answer(
        command,
        command.data.customerId,
        await service.addShippingAddress(command.data, context),
        context,
      ),
    requestGDPRErasure: async (command, context) => {
      const { customerId } = command.data;
      await answer(command, customerId, await service.requestGDPRErasure(customerId, context), context);
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
