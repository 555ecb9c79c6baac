/** The user service: who is registered, and under which address. */
import type { UserProducer } from '@chirograph/generated/learning-platform/producers/user';
import type { ProfileData } from '@chirograph/generated/learning-platform/types';
import {
  type Clock,
  type CommandContext,
  claims,
  type Entities,
  entities,
  type Outcome,
  personalData,
  type Store,
  type Transaction,
  within,
} from '@chirograph/runtime';
import { emailKey } from '../../shared/email-key.ts';
import type { Asked } from '../asked.ts';
import {
  personalPlacesOf,
  type User,
  type UserCommand,
  type UserEvent,
  type UserFailure,
  user,
} from './user.ts';

export type UserOutcome = Outcome<UserEvent, UserFailure>;

export interface UserService {
  register(
    request: { readonly userId: string; readonly email: string; readonly name: string },
    context?: CommandContext,
  ): Promise<UserOutcome>;
  updateProfile(userId: string, profile: ProfileData, asked?: Asked): Promise<UserOutcome>;
  changeEmail(userId: string, email: string, asked?: Asked): Promise<UserOutcome>;
  isKnown(tx: Transaction, userId: string): Promise<boolean>;
}

export interface UserServiceOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly producer: UserProducer;
}

export function userService({ store, clock, producer }: UserServiceOptions): UserService {
  const emails = claims('user/email', { clock });
  const users: Entities<User, UserCommand, UserEvent, UserFailure> = entities({
    name: 'user',
    store,
    clock,
    decider: user,
    stored: personalData<UserEvent>({ subjectOf: (_, userId) => userId, places: personalPlacesOf }),
    async publish({ type, data }, context) {
      const { id: aggregate_id } = context;
      if (type === 'UserRegistered') {
        await producer.userRegistered({ aggregate_id, payload: data }, context);
      } else if (type === 'UserProfileUpdated') {
        await producer.userProfileUpdated({ aggregate_id, payload: data }, context);
      } else await producer.userEmailChanged({ aggregate_id, payload: data }, context);
    },
  });

  /** Decides on a command that takes an address, and takes it. */
  function take(
    userId: string,
    email: string,
    context: CommandContext,
    commandOf: (isEmailTaken: boolean) => UserCommand,
  ): Promise<UserOutcome> {
    return within(store, context, async (tx) => {
      const key = emailKey(email);
      const owner = await emails.ownerOf(tx, key);
      const before = await users.load(tx, userId);
      const command = commandOf(owner !== undefined && owner !== userId);
      const outcome = await users.decide(userId, command, { ...context, tx });
      if (outcome.kind === 'refused') return outcome;
      if ((await emails.claim(tx, key, userId)) !== userId) {
        // Somebody took it between the look and here; the next try will see it.
        throw new Error('the address was taken by someone else meanwhile');
      }
      const old = before.kind === 'known' ? emailKey(before.email) : key;
      if (old !== key) await emails.release(tx, old, userId);
      return outcome;
    });
  }

  return {
    register: ({ userId, ...request }, context = {}) =>
      take(userId, request.email, context, (isEmailTaken) => ({
        type: 'RegisterUser',
        userId,
        ...request,
        isEmailTaken,
      })),
    changeEmail: (userId, email, { by, ...context } = {}) =>
      take(userId, email, context, (isEmailTaken) => ({
        type: 'ChangeEmail',
        by,
        userId,
        email,
        isEmailTaken,
      })),
    updateProfile: (userId, profile, { by, ...context } = {}) =>
      users.decide(userId, { type: 'UpdateProfile', by, userId, profile }, context),
    isKnown: async (tx, userId) => (await users.load(tx, userId)).kind === 'known',
  };
}
