/** What admins ask of the programme and of users, refused for each failure. */
import { expect, it } from 'vitest';
import {
  cancelled,
  concertId,
  concertOf,
  levelsOf,
  mixed,
  negative,
  nothing,
  roleOf,
  test,
  testRefusals,
  updateOf,
  userId,
  userOf,
} from './fixture.ts';

testRefusals([
  [
    'concert.create',
    'The data of the concert is not valid',
    () => test.admin.createConcert(concertOf(nothing(), { startsAt: '2001-01-01T00:00:00Z' })),
  ],
  [
    'concert.create',
    'There is a concert with this id already',
    () => test.admin.createConcert(concertOf(concertId)),
  ],
  ['concert.update', 'Concert not found', () => test.admin.updateConcert(updateOf(nothing()))],
  ['concert.update', 'The concert is cancelled', () => test.admin.updateConcert(updateOf(cancelled))],
  [
    'concert.update',
    'The data of the concert is not valid',
    () => test.admin.updateConcert(updateOf(concertId, '2001-01-01T00:00:00Z')),
  ],
  [
    'concert.cancel',
    'Concert not found',
    () =>
      test.admin.cancelConcert({
        subject: nothing(),
        data: { concertId: nothing(), adminId: test.adminId, reason: 'R' },
      }),
  ],
  [
    'concert.cancel',
    'The concert is cancelled already',
    () =>
      test.admin.cancelConcert({
        subject: cancelled,
        data: { concertId: cancelled, adminId: test.adminId, reason: 'R' },
      }),
  ],
  [
    'concert.update-ticket-levels',
    'Concert not found',
    () => test.admin.updateTicketLevels(levelsOf(nothing())),
  ],
  [
    'concert.update-ticket-levels',
    'The concert is cancelled',
    () => test.admin.updateTicketLevels(levelsOf(cancelled)),
  ],
  [
    'concert.update-ticket-levels',
    'The data of the concert is not valid',
    () => test.admin.updateTicketLevels(levelsOf(concertId, mixed)),
  ],
  [
    'user.register',
    'There is a user with this id already',
    () => test.website.registerUser(userOf(userId, 'other@example.org')),
  ],
  ['user.update-role', 'User not found', () => test.admin.updateUserRole(roleOf(nothing(), 'ADMIN'))],
  [
    'user.update-role',
    'The user has the role already',
    () => test.admin.updateUserRole(roleOf(userId, 'LOGGED_IN')),
  ],
]);

it.each(['create', 'updateTicketLevels'] as const)(
  'concerts.%s: a level that no message could carry is refused as well',
  async (method) => {
    const { data } = concertOf(method === 'create' ? nothing() : concertId, { ticketLevels: negative });
    const outcome = await test.concerts[method](data);
    expect(outcome).toMatchObject({ code: 'A_TICKET_LEVEL_IS_NEGATIVE_OR_STANDS_TWICE' });
    const command = method === 'create' ? 'create' : 'update-ticket-levels';
    test.bus.answered(`ticketing.concert.${command}`, outcome);
  },
);
