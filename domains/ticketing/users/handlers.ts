/** What the users service does with its commands. */
import type { UsersHandlers } from '@chirograph/generated/ticketing/consumers/users';
import type { UsersProducer } from '@chirograph/generated/ticketing/producers/users';
import type { UsersCommandRefusedData } from '@chirograph/generated/ticketing/types';
import type { Log } from '@chirograph/runtime';
import { answering } from '../../shared/answer.ts';
import type { UsersService } from './users-service.ts';

export function usersHandlers(service: UsersService, producer: UsersProducer, log: Log): UsersHandlers {
  const answer = answering<UsersCommandRefusedData>(producer.usersCommandRefused, log);
  return {
    registerUser: async (command, context) =>
      answer(command, await service.register(command.data, context), context),
    updateUserRole: async (command, context) =>
      answer(command, await service.updateRole(command.data, context), context),
  };
}
