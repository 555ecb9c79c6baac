/** What the finance service does with messages: its commands, and users who need accounts. */
import type { FinanceHandlers } from '@chirograph/generated/ticketing/consumers/finance';
import type { FinanceProducer } from '@chirograph/generated/ticketing/producers/finance';
import type { FinanceCommandRefusedData } from '@chirograph/generated/ticketing/types';
import type { Log } from '@chirograph/runtime';
import { answering } from '../../shared/answer.ts';
import type { FinanceService } from './finance-service.ts';

export function financeHandlers(
  service: FinanceService,
  producer: FinanceProducer,
  log: Log,
): FinanceHandlers {
  const answer = answering<FinanceCommandRefusedData>(producer.financeCommandRefused, log);
  return {
    createInvoice: async (command, context) => {
      const { cartId } = command.data;
      await answer(command, await service.createInvoice(command.data, context), context, { cartId });
    },
    updateInvoice: async (command, context) => {
      const outcome = await service.updateInvoice(command.data, context);
      const state = await service.invoiceOf(context.tx, command.data.invoiceId);
      await answer(command, outcome, context, state.kind === 'known' ? { cartId: state.cartId } : {});
    },
    createUserFinancialInfo: async (command, context) =>
      answer(command, await service.createAccounts(command.data.userId, context), context),
    updateUserFinancialInfo: async (command, context) =>
      answer(command, await service.updateAccounts(command.data, context), context),
    async userRegistered({ subject, data: { userId } }, context) {
      await producer.createUserFinancialInfo({ subject, data: { userId } }, context);
      log(context, 'opens accounts for the user');
    },
  };
}
