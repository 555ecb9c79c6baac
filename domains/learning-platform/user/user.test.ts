import { specification } from '@chirograph/runtime/testing';
import { describe, it } from 'vitest';
import { type UserEvent, user } from './user.ts';

const given = specification(user);

const userId = 'u-1';
const email = 'ada@example.org';
const register = { type: 'RegisterUser', userId, email, name: 'Ada', isEmailTaken: false } as const;
const update = { type: 'UpdateProfile', userId, profile: { name: 'Ada', bio: 'Counts' } } as const;
const change = { type: 'ChangeEmail', userId, email: 'ada@example.com', isEmailTaken: false } as const;

const registered: UserEvent = { type: 'UserRegistered', data: { user_id: userId, email, name: 'Ada' } };
const updated: UserEvent = {
  type: 'UserProfileUpdated',
  data: { user_id: userId, profile_data: { bio: 'Counts' } },
};
const changed: UserEvent = {
  type: 'UserEmailChanged',
  data: { user_id: userId, old_email: email, new_email: 'ada@example.com' },
};

describe('a user', () => {
  it('registers, once', () => {
    given().when(register).then(registered);
    given(registered).when(register).refuses('user-exists');
  });
  it('has an address of their own', () => {
    given()
      .when({ ...register, isEmailTaken: true })
      .refuses('email-taken');
    given(registered)
      .when({ ...change, isEmailTaken: true })
      .refuses('email-taken');
  });
  it('changes the address, to another one', () => {
    given(registered).when(change).then(changed);
    given(registered, changed).when(change).refuses('email-unchanged');
  });
  it('changes the profile, and tells only what is new', () => {
    given(registered).when(update).then(updated);
    given(registered, updated).when(update).refuses('profile-unchanged');
  });
  it('is registered before anything is changed', () => {
    for (const command of [update, change]) given().when(command).refuses('user-not-found');
  });
});
