import { fold, isRefusal } from '@chirograph/runtime';
import { specification } from '@chirograph/runtime/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isAdmin, isLoggedIn, type UserCommand, type UserEvent, user } from './user.ts';

const given = specification(user);

const register = {
  type: 'RegisterUser',
  userId: 'u-1',
  email: 'grace@example.org',
  name: 'Grace',
  isEmailTaken: false,
} as const;
const registered: UserEvent = {
  type: 'UserRegistered',
  data: { userId: 'u-1', email: 'grace@example.org', name: 'Grace', role: 'LOGGED_IN' },
};
const give = { type: 'UpdateUserRole', userId: 'u-1', adminId: 'a-1', isAdmin: true, role: 'ADMIN' } as const;
const given_ = (oldRole: 'LOGGED_IN' | 'ADMIN', newRole: 'ADMIN' | 'UNAUTHENTICATED'): UserEvent => ({
  type: 'UserRoleUpdated',
  data: { userId: 'u-1', adminId: 'a-1', oldRole, newRole },
});

describe('registering', () => {
  it('makes a user who is logged in', () => given().when(register).then(registered));
  it('takes an e-mail address once', () =>
    given()
      .when({ ...register, isEmailTaken: true })
      .refuses('THE_E_MAIL_ADDRESS_IS_REGISTERED_ALREADY'));
  it('takes an id once', () =>
    given(registered).when(register).refuses('THERE_IS_A_USER_WITH_THIS_ID_ALREADY'));
});

describe('a role', () => {
  it('replaces the one before', () => {
    given(registered).when(give).then(given_('LOGGED_IN', 'ADMIN'));
    given(registered, given_('LOGGED_IN', 'ADMIN'))
      .when({ ...give, role: 'UNAUTHENTICATED' })
      .then(given_('ADMIN', 'UNAUTHENTICATED'));
  });
  it('is given by admins alone', () =>
    given(registered)
      .when({ ...give, isAdmin: false })
      .refuses('THE_USER_IS_NOT_AN_ADMIN'));
  it('is given to users alone', () => given().when(give).refuses('USER_NOT_FOUND'));
  it('is not given twice', () =>
    given(registered)
      .when({ ...give, role: 'LOGGED_IN' })
      .refuses('THE_USER_HAS_THE_ROLE_ALREADY'));

  it('lets users buy, unless they are locked out, and admins do more', () => {
    const admin = fold(user, [registered, given_('LOGGED_IN', 'ADMIN')]);
    expect([isLoggedIn(admin), isAdmin(admin)]).toEqual([true, true]);
    const plain = fold(user, [registered]);
    expect([isLoggedIn(plain), isAdmin(plain)]).toEqual([true, false]);
    const locked = fold(user, [registered, given_('LOGGED_IN', 'UNAUTHENTICATED')]);
    expect([isLoggedIn(locked), isAdmin(locked)]).toEqual([false, false]);
    expect([isLoggedIn({ kind: 'unknown' }), isAdmin({ kind: 'unknown' })]).toEqual([false, false]);
  });
});

it('whatever is asked, a user has one role, the last that was given', () => {
  const command: fc.Arbitrary<UserCommand> = fc.oneof(
    fc.constant(register),
    fc.record({
      type: fc.constant('UpdateUserRole' as const),
      userId: fc.constant('u-1'),
      adminId: fc.constant('a-1'),
      isAdmin: fc.boolean(),
      role: fc.constantFrom('UNAUTHENTICATED' as const, 'LOGGED_IN' as const, 'ADMIN' as const),
    }),
  );
  fc.assert(
    fc.property(fc.array(command, { maxLength: 20 }), (asked) => {
      const history: UserEvent[] = [];
      for (const it of asked) {
        const decision = user.decide(it, fold(user, history));
        if (isRefusal(decision)) continue;
        const [event] = decision;
        const before = fold(user, history);
        if (event?.type === 'UserRoleUpdated') {
          expect(before).toMatchObject({ role: event.data.oldRole });
          expect(it).toMatchObject({ isAdmin: true });
        }
        history.push(...decision);
        const state = fold(user, history);
        const role = event?.type === 'UserRoleUpdated' ? event.data.newRole : 'LOGGED_IN';
        expect(state).toMatchObject({ role });
      }
    }),
  );
});
