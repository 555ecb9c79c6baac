/** A user: one person, one e-mail address, one role. Pure. */
import type {
  Role,
  UserRegisteredData,
  UserRoleUpdatedData,
  UsersCommandRefusedData,
} from '@chirograph/generated/ticketing/types';
import { type Decider, refuse } from '@chirograph/runtime';

export type UserCommand =
  | {
      readonly type: 'RegisterUser';
      readonly userId: string;
      readonly email: string;
      readonly name: string;
      /** Whether another user has the address. */
      readonly isEmailTaken: boolean;
    }
  | {
      readonly type: 'UpdateUserRole';
      readonly userId: string;
      readonly adminId: string;
      readonly isAdmin: boolean;
      readonly role: Role;
    };

export type UserEvent =
  | { readonly type: 'UserRegistered'; readonly data: UserRegisteredData }
  | { readonly type: 'UserRoleUpdated'; readonly data: UserRoleUpdatedData };

export type UserFailure = UsersCommandRefusedData['failure'];

export type User =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'known'; readonly email: string; readonly name: string; readonly role: Role };

export const user: Decider<User, UserCommand, UserEvent, UserFailure> = {
  initialState: () => ({ kind: 'unknown' }),

  decide(command, state) {
    if (command.type === 'RegisterUser') {
      const { userId, email, name, isEmailTaken } = command;
      if (state.kind === 'known') {
        return refuse('THERE_IS_A_USER_WITH_THIS_ID_ALREADY', 'There is a user with this id.');
      }
      if (isEmailTaken) {
        return refuse('THE_E_MAIL_ADDRESS_IS_REGISTERED_ALREADY', 'Somebody has registered this address.');
      }
      return [{ type: 'UserRegistered', data: { userId, email, name, role: 'LOGGED_IN' } }];
    }
    const { userId, adminId, isAdmin, role: newRole } = command;
    if (!isAdmin) return refuse('THE_USER_IS_NOT_AN_ADMIN', 'Admins alone give roles.');
    if (state.kind === 'unknown') return refuse('USER_NOT_FOUND', 'There is no such user.');
    const { role: oldRole } = state;
    if (oldRole === newRole) return refuse('THE_USER_HAS_THE_ROLE_ALREADY', `The user is ${newRole}.`);
    return [{ type: 'UserRoleUpdated', data: { userId, adminId, oldRole, newRole } }];
  },

  evolve(state, event) {
    if (event.type === 'UserRegistered') {
      const { email, name, role } = event.data;
      return { kind: 'known', email, name, role };
    }
    return state.kind === 'known' ? { ...state, role: event.data.newRole } : state;
  },
};

/** A role that lets its user buy: an admin can do what others can. */
export function isLoggedIn(state: User): boolean {
  return state.kind === 'known' && state.role !== 'UNAUTHENTICATED';
}

export function isAdmin(state: User): boolean {
  return state.kind === 'known' && state.role === 'ADMIN';
}
