import type { RuleConfiguration } from '@chirograph/generated/loyalty/types';
import { describe, it } from 'vitest';
import type { AwardSignupBonus } from './commands.ts';
import type { EnrollmentEvent } from './events.ts';
import {
  active,
  counted,
  DAY,
  earn,
  earned,
  enrolled,
  expired,
  given,
  inDays,
  NOW,
  paused,
  pointsBased,
} from './fixtures.ts';

const under = (rule: RuleConfiguration) => ({ program: { ...active, rule } });

describe('a purchase', () => {
  it('earns points that lapse when the rule says so', () =>
    given(enrolled)
      .when(earn(120))
      .then(counted(), earned(120, 120, inDays(365))));
  it('adds to the points that are there', () =>
    given(enrolled, earned(100, 100))
      .when(earn(20))
      .then(counted(), earned(20, 120, inDays(365))));
  it('is counted once', () =>
    given(enrolled, counted(), earned(120, 120)).when(earn(120)).refuses('purchase-already-credited'));
  it('is of some amount', () => {
    for (const amount of [0, -10, Number.NaN, Number.POSITIVE_INFINITY]) {
      given(enrolled).when(earn(amount)).refuses('amount-not-positive');
    }
  });
  it('earns nothing while the programme is paused', () =>
    given(enrolled)
      .when(earn(120, { program: paused }))
      .refuses('program-paused'));
});

describe('a rule by points for each unit', () => {
  it('rounds down', () =>
    given(enrolled)
      .when(earn(9.99))
      .then(counted(), earned(9, 9, inDays(365))));
  it('does not lose a point to binary fractions', () =>
    given(enrolled)
      .when(earn(100, under({ type: 'POINTS_BASED', pointsPerCurrencyUnit: 0.57 })))
      .then(counted(), earned(57, 57)));
  it('counts purchases that are too small for a point', () =>
    given(enrolled).when(earn(0.5)).then(counted()));
  it('refuses purchases below its minimum', () => {
    const rule = under({ ...pointsBased, minimumPurchase: 10 });
    given(enrolled).when(earn(9.99, rule)).refuses('purchase-too-small');
    given(enrolled)
      .when(earn(10, rule))
      .then(counted(), earned(10, 10, inDays(365)));
  });
});

describe('points whose time has passed', () => {
  it('are not in the new total: they lapse first', () =>
    given(enrolled, earned(100, 100, inDays(1)))
      .when(earn(20, { at: NOW + 2 * DAY }))
      .then(counted(), expired(100, 0, inDays(1)), earned(20, 20, inDays(367))));
});

describe('a punch card', () => {
  const card = under({ type: 'PUNCH_CARD', punchesRequired: 3 });
  it('is punched once for each purchase, and earns nothing before it is full', () => {
    given(enrolled)
      .when(earn(3.5, card))
      .then(counted('o-1', 0, 1));
    given(enrolled, counted('o-0', 0, 1))
      .when(earn(3.5, card))
      .then(counted('o-1', 0, 2));
  });
  it('earns its punches when it is full, and the next one begins', () =>
    given(enrolled, counted('o-0', 0, 2))
      .when(earn(3.5, card))
      .then(counted(), earned(3, 3)));
  it('is full at once when the rule has become shorter', () =>
    given(enrolled, counted('o-0', 0, 7))
      .when(earn(3.5, card))
      .then(counted(), earned(3, 3)));
  it('keeps what was carried under another rule', () =>
    given(enrolled, counted('o-0', 3_010))
      .when(earn(3.5, card))
      .then(counted('o-1', 3_010, 1)));
});

describe('a rule by the amount spent', () => {
  const rule = under({ type: 'AMOUNT_SPENT', amountRequired: 50, pointsAwarded: 5 });
  it('carries what is not enough yet', () =>
    given(enrolled).when(earn(30.1, rule)).then(counted('o-1', 3_010)));
  it('awards when purchases reach the amount together, and carries the rest', () =>
    given(enrolled, counted('o-0', 3_010)).when(earn(20, rule)).then(counted('o-1', 10), earned(5, 5)));
  it('awards as often as the amount is reached', () =>
    given(enrolled).when(earn(160, rule)).then(counted('o-1', 1_000), earned(15, 15)));
});

describe('the sign-up bonus', () => {
  const award: AwardSignupBonus = {
    type: 'AwardSignupBonus',
    program: active,
    enrollmentId: 'e-1',
    points: 100,
    transactionId: 't-9',
    at: NOW,
  };
  const awarded: EnrollmentEvent = {
    type: 'PointsEarned',
    data: {
      customerId: 'c-1',
      programId: 'p-1',
      totalPoints: 100,
      pointsEarned: 100,
      transactionId: 't-9',
      referenceType: 'SIGNUP_BONUS',
      referenceId: 'e-1',
    },
  };
  it('never lapses', () => given(enrolled).when(award).then(awarded));
  it('is given once', () => given(enrolled, awarded).when(award).refuses('bonus-already-awarded'));
  it('does not count points whose time has passed', () =>
    given(enrolled, earned(100, 100, inDays(1)))
      .when({ ...award, at: NOW + 2 * DAY })
      .then(expired(100, 0, inDays(1)), awarded));
  it('is of some points', () =>
    given(enrolled)
      .when({ ...award, points: 0 })
      .refuses('amount-not-positive'));
  it('waits while the programme is paused', () =>
    given(enrolled)
      .when({ ...award, program: paused })
      .refuses('program-paused'));
});
