import { describe, it } from 'vitest';
import { DAY, earned, enrolled, expired, given, inDays, NOW, redeemed } from './fixtures.ts';

const expire = (days: number) => ({ type: 'ExpirePoints', at: NOW + days * DAY }) as const;

describe('expiry', () => {
  it('takes points at their moment', () =>
    given(enrolled, earned(100, 100, inDays(30)))
      .when(expire(30))
      .then(expired(100, 0, inDays(30))));
  it('takes nothing before', () =>
    given(enrolled, earned(100, 100, inDays(30)))
      .when(expire(29))
      .refuses('nothing-due'));
  it('takes nothing twice', () =>
    given(enrolled, earned(100, 100, inDays(30)), expired(100, 0, inDays(30)))
      .when(expire(31))
      .refuses('nothing-due'));
  it('never takes points that have no end', () =>
    given(enrolled, earned(100, 100)).when(expire(10_000)).refuses('nothing-due'));
  it('takes only what is unused: the oldest points are used first', () =>
    given(enrolled, earned(100, 100, inDays(30)), earned(50, 150), redeemed(70, 80))
      .when(expire(30))
      .then(expired(30, 50, inDays(30))));
  it('takes nothing when all is used', () =>
    given(enrolled, earned(100, 100, inDays(30)), redeemed(100, 0))
      .when(expire(30))
      .refuses('nothing-due'));
  it('tells moments apart, the earliest first', () =>
    given(enrolled, earned(10, 10, inDays(20)), earned(20, 30, inDays(10)), earned(30, 60, inDays(20)))
      .when(expire(20))
      .then(expired(20, 40, inDays(10)), expired(40, 0, inDays(20))));
});
