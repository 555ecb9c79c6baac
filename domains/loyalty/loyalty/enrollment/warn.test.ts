import { describe, it } from 'vitest';
import { DAY, earned, enrolled, expiring, given, inDays, NOW, redeemed } from './fixtures.ts';

const warn = (days: number) => ({ type: 'WarnOfExpiry', at: NOW + days * DAY }) as const;

describe('a warning', () => {
  it('comes seven days before points lapse', () =>
    given(enrolled, earned(100, 100, inDays(30)))
      .when(warn(23))
      .then(expiring(100, 100, inDays(30))));
  it('does not come before', () =>
    given(enrolled, earned(100, 100, inDays(30)))
      .when(warn(22))
      .refuses('nothing-due'));
  it('comes once', () =>
    given(enrolled, earned(100, 100, inDays(30)), expiring(100, 100, inDays(30)))
      .when(warn(24))
      .refuses('nothing-due'));
  it('is not given of points that have lapsed, or that never do', () =>
    given(enrolled, earned(10, 10, inDays(1)), earned(20, 30))
      .when(warn(2))
      .refuses('nothing-due'));
  it('is only of what is unused, and tells moments apart', () =>
    given(enrolled, earned(100, 100, inDays(6)), earned(50, 150, inDays(5)), redeemed(70, 80))
      .when(warn(0))
      .then(expiring(50, 80, inDays(5)), expiring(30, 80, inDays(6))));
});
