import { fold, isRefusal } from '@chirograph/runtime';
import { specification } from '@chirograph/runtime/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ConcertCommand, type ConcertEvent, concert } from './concert.ts';

const given = specification(concert);

const NOW = Date.UTC(2026, 1, 3);
const DAY = 86_400_000;
const startsAt = new Date(NOW + DAY).toISOString();
const price = { amount: 6_500, currency: 'EUR' };
const asked = { concertId: 'c-1', adminId: 'a-1', isAdmin: true, at: NOW } as const;
const described = { concertId: 'c-1', adminId: 'a-1', name: 'The Kinks', venue: 'Bowl', startsAt } as const;
const ticketLevels = { REGULAR: { capacity: 100, price } };

const create = { type: 'CreateConcert', ...asked, ...described, ticketLevels } as const;
const update = { type: 'UpdateConcert', ...asked, ...described } as const;
const cancel = { type: 'CancelConcert', ...asked, reason: 'Illness' } as const;
const change = { type: 'UpdateTicketLevels', ...asked, ticketLevels, isEnoughLeft: true } as const;

const created: ConcertEvent = { type: 'ConcertCreated', data: { ...described, ticketLevels } };
const updated: ConcertEvent = { type: 'ConcertUpdated', data: described };
const changed: ConcertEvent = {
  type: 'TicketLevelsUpdated',
  data: { concertId: 'c-1', adminId: 'a-1', ticketLevels },
};
const cancelled: ConcertEvent = {
  type: 'ConcertCancelled',
  data: { concertId: 'c-1', adminId: 'a-1', reason: 'Illness' },
};

describe('the programme', () => {
  it('takes a concert, changes it, its levels, and cancels it', () => {
    given().when(create).then(created);
    given(created).when(update).then(updated);
    given(created).when(change).then(changed);
    given(created).when(cancel).then(cancelled);
  });
  it('is made by admins alone', () => {
    for (const command of [create, update, change, cancel]) {
      given(created)
        .when({ ...command, isAdmin: false })
        .refuses('THE_USER_IS_NOT_AN_ADMIN');
    }
  });
  it('takes an id once', () =>
    given(created).when(create).refuses('THERE_IS_A_CONCERT_WITH_THIS_ID_ALREADY'));
  it('changes what is there', () => {
    for (const command of [update, change, cancel]) given().when(command).refuses('CONCERT_NOT_FOUND');
  });
  it('changes nothing that is cancelled, and cancels it once', () => {
    for (const command of [update, change]) {
      given(created, cancelled).when(command).refuses('THE_CONCERT_IS_CANCELLED');
    }
    given(created, cancelled).when(cancel).refuses('THE_CONCERT_IS_CANCELLED_ALREADY');
  });
});

describe('a concert', () => {
  it.each([
    ['no name', { name: ' ' }],
    ['no venue', { venue: '' }],
    ['a time that is none', { startsAt: 'soon' }],
    ['a time that is over', { startsAt: new Date(NOW).toISOString() }],
  ])('does not have %s', (_, fault) => {
    given()
      .when({ ...create, ...fault })
      .refuses('THE_DATA_OF_THE_CONCERT_IS_NOT_VALID');
    given(created)
      .when({ ...update, ...fault })
      .refuses('THE_DATA_OF_THE_CONCERT_IS_NOT_VALID');
  });
  it.each([
    ['a level', {}],
    [
      'prices in one currency',
      { ...ticketLevels, VIP: { capacity: 1, price: { amount: 1, currency: 'USD' } } },
    ],
  ])('has %s', (_, levels) => {
    for (const [history, command] of [
      [[], create],
      [[created], change],
    ] as const) {
      given(...history)
        .when({ ...command, ticketLevels: levels })
        .refuses('THE_DATA_OF_THE_CONCERT_IS_NOT_VALID');
    }
  });
  it.each([
    ['capacity', { REGULAR: { capacity: -1, price } }],
    ['price', { REGULAR: { capacity: 1, price: { amount: -1, currency: 'EUR' } } }],
  ])('has no negative %s', (_, levels) => {
    given()
      .when({ ...create, ticketLevels: levels })
      .refuses('A_TICKET_LEVEL_IS_NEGATIVE_OR_STANDS_TWICE');
    given(created)
      .when({ ...change, ticketLevels: levels })
      .refuses('A_TICKET_LEVEL_IS_NEGATIVE_OR_STANDS_TWICE');
  });
  it('does not have fewer tickets than are reserved', () =>
    given(created)
      .when({ ...change, isEnoughLeft: false })
      .refuses('FEWER_THAN_ARE_RESERVED'));
});

it('whatever is asked, levels stand once and are not negative, and what is cancelled stays as it is', () => {
  const level = fc.record({
    capacity: fc.integer({ min: -2, max: 5 }),
    price: fc.record({
      amount: fc.integer({ min: -2, max: 5 }),
      currency: fc.constantFrom('EUR', 'EUR', 'USD'),
    }),
  });
  const levels = fc.dictionary(fc.constantFrom('REGULAR', 'VIP'), level);
  const command: fc.Arbitrary<ConcertCommand> = fc
    .record({ kind: fc.constantFrom(create, update, change, cancel), levels, isAdmin: fc.boolean() })
    .map(({ kind, levels: ticketLevels, isAdmin }) => ({ ...kind, isAdmin, ticketLevels }) as ConcertCommand);
  fc.assert(
    fc.property(fc.array(command, { maxLength: 20 }), (commands) => {
      const history: ConcertEvent[] = [];
      for (const it of commands) {
        const decision = concert.decide(it, fold(concert, history));
        if (isRefusal(decision)) continue;
        expect(it.isAdmin).toBe(true);
        history.push(...decision);
      }
      const types = history.map(({ type }) => type);
      expect(types.slice(1)).not.toContain('ConcertCreated');
      expect(types.slice(0, -1)).not.toContain('ConcertCancelled');
      for (const { data } of history) {
        if (!('ticketLevels' in data)) continue;
        const all = Object.values(data.ticketLevels);
        expect(all.every(({ capacity, price: { amount } }) => capacity >= 0 && amount >= 0)).toBe(true);
        expect(new Set(all.map((it) => it.price.currency)).size).toBe(1);
      }
    }),
  );
});
