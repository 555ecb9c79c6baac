/** What the concerts service does with its commands. */
import type { ConcertsHandlers } from '@chirograph/generated/ticketing/consumers/concerts';
import type { ConcertsProducer } from '@chirograph/generated/ticketing/producers/concerts';
import type { ConcertsCommandRefusedData } from '@chirograph/generated/ticketing/types';
import type { Log } from '@chirograph/runtime';
import { answering } from '../../shared/answer.ts';
import type { ConcertsService } from './concerts-service.ts';

export function concertsHandlers(
  service: ConcertsService,
  producer: ConcertsProducer,
  log: Log,
): ConcertsHandlers {
  const answer = answering<ConcertsCommandRefusedData>(producer.concertsCommandRefused, log);
  return {
    createConcert: async (command, context) =>
      answer(command, await service.create(command.data, context), context),
    updateConcert: async (command, context) =>
      answer(command, await service.update(command.data, context), context),
    cancelConcert: async (command, context) =>
      answer(command, await service.cancel(command.data, context), context),
    updateTicketLevels: async (command, context) =>
      answer(command, await service.updateTicketLevels(command.data, context), context),
  };
}
