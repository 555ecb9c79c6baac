import { describe, it } from 'vitest';
import { DAY, earned, enrolled, expired, given, inDays, NOW, paused, redeem, redeemed } from './fixtures.ts';

const later = (days: number) => ({ at: NOW + days * DAY });

describe('redeeming', () => {
  it('takes the points', () => given(enrolled, earned(150, 150)).when(redeem(100)).then(redeemed(100, 50)));
  it('takes all of them', () => given(enrolled, earned(150, 150)).when(redeem(150)).then(redeemed(150, 0)));
  it('takes no more than there are', () =>
    given(enrolled, earned(150, 150)).when(redeem(151)).refuses('insufficient-points'));
  it('takes whole points, and at least one', () => {
    for (const points of [0, -10, 1.5, Number.NaN]) {
      given(enrolled, earned(150, 150)).when(redeem(points)).refuses('amount-not-positive');
    }
  });
  it('counts what was redeemed before', () =>
    given(enrolled, earned(150, 150), redeemed(100, 50)).when(redeem(51)).refuses('insufficient-points'));
  it('waits while the programme is paused', () =>
    given(enrolled, earned(150, 150))
      .when(redeem(100, { program: paused }))
      .refuses('program-paused'));
  it('does not count points whose time has passed, though nobody has let them lapse yet', () => {
    const history = [enrolled, earned(100, 100, inDays(1)), earned(50, 150)] as const;
    given(...history)
      .when(redeem(100, later(1)))
      .refuses('insufficient-points');
    given(...history)
      .when(redeem(50, later(1)))
      .then(expired(100, 50, inDays(1)), redeemed(50, 0));
  });
});
