/** The users service: who is registered, and what they may do. */
import type { UsersProducer } from '@chirograph/generated/ticketing/producers/users';
import type { RegisterUserData, UpdateUserRoleData } from '@chirograph/generated/ticketing/types';
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
import {
  isAdmin,
  isLoggedIn,
  type User,
  type UserCommand,
  type UserEvent,
  type UserFailure,
  user,
} from './user.ts';

export type UserOutcome = Outcome<UserEvent, UserFailure>;

export interface UsersService {
  register(request: RegisterUserData, context?: CommandContext): Promise<UserOutcome>;
  updateRole(request: UpdateUserRoleData, context?: CommandContext): Promise<UserOutcome>;
  /** For the operator of the service: nobody could make the first admin otherwise. Not to be reached from outside. */
  appointAdmin(userId: string, context?: CommandContext): Promise<UserOutcome>;
  isAdmin(tx: Transaction, userId: string): Promise<boolean>;
  isLoggedIn(tx: Transaction, userId: string): Promise<boolean>;
}

export interface UsersServiceOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly producer: UsersProducer;
}

export function usersService({ store, clock, producer }: UsersServiceOptions): UsersService {
  /** Who has an address, by its hash: the address itself is personal data. */
  const emails = claims('users/email', { clock });
  const users: Entities<User, UserCommand, UserEvent, UserFailure> = entities({
    name: 'user',
    store,
    clock,
    decider: user,
    stored: personalData<UserEvent>({ subjectOf: (_, userId) => userId, places: personalPlacesOf }),
    async publish(event, context) {
      const { id: subject } = context;
      if (event.type === 'UserRegistered')
        await producer.userRegistered({ subject, data: event.data }, context);
      else await producer.userRoleUpdated({ subject, data: event.data }, context);
    },
  });

  return {
    register: ({ userId, email, name }, context = {}) =>
      within(store, context, async (tx) => {
        const key = emailKey(email);
        const owner = await emails.ownerOf(tx, key);
        const isEmailTaken = owner !== undefined && owner !== userId;
        const command: UserCommand = { type: 'RegisterUser', userId, email, name, isEmailTaken };
        const outcome = await users.decide(userId, command, { ...context, tx });
        if (outcome.kind === 'accepted' && (await emails.claim(tx, key, userId)) !== userId) {
          // Somebody took it between the look and here; the next try will see it.
          throw new Error('the address was registered by someone else meanwhile');
        }
        return outcome;
      }),
    updateRole: ({ userId, adminId, role }, context) =>
      users.decide(
        userId,
        async (tx) => ({
          type: 'UpdateUserRole',
          userId,
          adminId,
          role,
          isAdmin: isAdmin(await users.load(tx, adminId)),
        }),
        context,
      ),
    appointAdmin: (userId, context) =>
      users.decide(
        userId,
        { type: 'UpdateUserRole', userId, adminId: userId, isAdmin: true, role: 'ADMIN' },
        context,
      ),
    isAdmin: async (tx, userId) => isAdmin(await users.load(tx, userId)),
    isLoggedIn: async (tx, userId) => isLoggedIn(await users.load(tx, userId)),
  };
}

/** Where a user's events hold what the contracts mark as personal. */
export function personalPlacesOf({ type }: Pick<UserEvent, 'type'>): readonly (readonly string[])[] {
  return type === 'UserRegistered'
    ? [
        ['data', 'email'],
        ['data', 'name'],
      ]
    : [];
}
