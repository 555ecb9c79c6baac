/** A user: a person with an e-mail address of their own. Pure. */
import type {
  ProfileData,
  UserEmailChangedPayload,
  UserProfileUpdatedPayload,
  UserRegisteredPayload,
} from '@chirograph/generated/learning-platform/types';
import { type Decider, refuse } from '@chirograph/runtime';

/** `by`: the user who asks; absent when the staff of the platform do. */
export type UserCommand = { readonly userId: string } & (
  | {
      readonly type: 'RegisterUser';
      readonly email: string;
      readonly name: string;
      /** Whether another user has the address. */
      readonly isEmailTaken: boolean;
    }
  | { readonly type: 'UpdateProfile'; readonly by?: string | undefined; readonly profile: ProfileData }
  | {
      readonly type: 'ChangeEmail';
      readonly by?: string | undefined;
      readonly email: string;
      readonly isEmailTaken: boolean;
    }
);

export type UserEvent =
  | { readonly type: 'UserRegistered'; readonly data: UserRegisteredPayload }
  | { readonly type: 'UserProfileUpdated'; readonly data: UserProfileUpdatedPayload }
  | { readonly type: 'UserEmailChanged'; readonly data: UserEmailChangedPayload };

export type UserFailure =
  | 'user-exists'
  | 'user-not-found'
  | 'not-the-user'
  | 'email-taken'
  | 'email-unchanged'
  | 'profile-unchanged';

export type User =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'known'; readonly email: string; readonly profile: ProfileData };

export const user: Decider<User, UserCommand, UserEvent, UserFailure> = {
  initialState: () => ({ kind: 'unknown' }),

  decide(command, state) {
    const { userId } = command;
    const user_id = userId;
    if (command.type === 'RegisterUser') {
      const { email, name } = command;
      if (state.kind === 'known') return refuse('user-exists', 'There is a user with this id.');
      if (command.isEmailTaken) return refuse('email-taken', 'Another user has this address.');
      return [{ type: 'UserRegistered', data: { user_id, email, name } }];
    }
    if (state.kind === 'unknown') return refuse('user-not-found', 'There is no such user.');
    if ((command.by ?? userId) !== userId)
      return refuse('not-the-user', 'That is the account of somebody else.');
    if (command.type === 'ChangeEmail') {
      const { email: new_email } = command;
      if (new_email === state.email) return refuse('email-unchanged', 'This is the address already.');
      if (command.isEmailTaken) return refuse('email-taken', 'Another user has this address.');
      return [{ type: 'UserEmailChanged', data: { user_id, old_email: state.email, new_email } }];
    }
    const profile_data = changesOf(command.profile, state.profile);
    if (Object.keys(profile_data).length === 0) {
      return refuse('profile-unchanged', 'Nothing in the profile is new.');
    }
    return [{ type: 'UserProfileUpdated', data: { user_id, profile_data } }];
  },

  evolve(state, { type, data }) {
    if (type === 'UserRegistered') {
      return { kind: 'known', email: data.email, profile: { name: data.name } };
    }
    if (state.kind === 'unknown') return state;
    return type === 'UserEmailChanged'
      ? { ...state, email: data.new_email }
      : { ...state, profile: { ...state.profile, ...data.profile_data } };
  },
};

/** The event tells what changed, not what was saved again. */
function changesOf(profile: ProfileData, before: ProfileData): ProfileData {
  const was: Readonly<Record<string, unknown>> = { ...before };
  return Object.fromEntries(Object.entries(profile).filter(([field, value]) => was[field] !== value));
}

/** Where a user's events hold what the contracts mark as personal. */
export function personalPlacesOf({ type }: Pick<UserEvent, 'type'>): readonly (readonly string[])[] {
  const fields = {
    UserRegistered: ['email', 'name'],
    UserProfileUpdated: ['profile_data'],
    UserEmailChanged: ['old_email', 'new_email'],
  }[type];
  return fields.map((field) => ['data', field]);
}
