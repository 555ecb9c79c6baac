/** What the user service does with its commands. */
import type { UserHandlers } from '@chirograph/generated/learning-platform/consumers/user';
import type { UserProducer } from '@chirograph/generated/learning-platform/producers/user';
import type { UserCommandRefusedPayload } from '@chirograph/generated/learning-platform/types';
import type { Log } from '@chirograph/runtime';
import { answering, asked } from '../asked.ts';
import type { UserService } from './user-service.ts';

export function userHandlers(service: UserService, producer: UserProducer, log: Log): UserHandlers {
  const answer = answering<UserCommandRefusedPayload>(producer.userCommandRefused, log);
  return {
    async registerUser(command, context) {
      const { user_id: userId, email, name } = command.payload;
      const outcome = await service.register({ userId, email, name }, context);
      await answer(command, 'RegisterUser', userId, outcome, context);
    },
    async updateUserProfile(command, context) {
      const { user_id, profile_data } = command.payload;
      const outcome = await service.updateProfile(user_id, profile_data, asked(command, context));
      await answer(command, 'UpdateUserProfile', user_id, outcome, context);
    },
    async changeUserEmail(command, context) {
      const { user_id, new_email } = command.payload;
      const outcome = await service.changeEmail(user_id, new_email, asked(command, context));
      await answer(command, 'ChangeUserEmail', user_id, outcome, context);
    },
  };
}
