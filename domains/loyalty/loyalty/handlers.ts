/** What the loyalty service does with its commands. */
import type { LoyaltyHandlers } from '@chirograph/generated/loyalty/consumers/loyalty';
import type { LoyaltyProducer } from '@chirograph/generated/loyalty/producers/loyalty';
import type { LoyaltyCommandRefusedData } from '@chirograph/generated/loyalty/types';
import { derivedId, type Log } from '@chirograph/runtime';
import { answering } from '../answer.ts';
import type { LoyaltyService } from './loyalty-service.ts';

export function loyaltyHandlers(
  service: LoyaltyService,
  producer: Pick<LoyaltyProducer, 'loyaltyCommandRefused'>,
  log: Log,
): LoyaltyHandlers {
  const answer = answering<LoyaltyCommandRefusedData>(producer.loyaltyCommandRefused, log);
  return {
    async defineTemplate(command, context) {
      const outcome = await service.defineTemplate(command.data, context);
      await answer(command, command.data.templateId, outcome, context);
    },
    async createProgram(command, context) {
      const { templateId, ...request } = command.data;
      const outcome =
        templateId === undefined
          ? await service.createProgram(request, context)
          : await service.createProgramFromTemplate({ ...request, templateId }, context);
      await answer(command, templateId ?? command.commandId, outcome, context);
    },
    async changeRule(command, context) {
      await answer(command, command.data.programId, await service.changeRule(command.data, context), context);
    },
    async activateProgram(command, context) {
      const outcome = await service.activateProgram(command.data, context);
      await answer(command, command.data.programId, outcome, context);
    },
    async pauseProgram(command, context) {
      await answer(
        command,
        command.data.programId,
        await service.pauseProgram(command.data, context),
        context,
      );
    },
    async enrollCustomer(command, context) {
      const { programId, customerId } = command.data;
      const outcome = await service.enrollCustomer(command.data, context);
      await answer(command, derivedId(programId, customerId), outcome, context);
    },
    async earnPoints(command, context) {
      const { programId, customerId } = command.data;
      const outcome = await service.earnPoints(command.data, context);
      await answer(command, derivedId(programId, customerId), outcome, context);
    },
  };
}
