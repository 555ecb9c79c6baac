import { describe, it } from 'vitest';
import type { EnrollmentEvent } from './events.ts';
import { draft, earn, enroll, enrolled, given, paused } from './fixtures.ts';

const silver = { id: 'tier-2', name: 'Silver', level: 2 };
const upgraded: EnrollmentEvent = {
  type: 'TierUpgraded',
  data: {
    customerId: 'c-1',
    programId: 'p-1',
    fromTierId: 'tier-1',
    toTierId: 'tier-2',
    tierName: 'Silver',
    tierLevel: 2,
    qualifyingPoints: 500,
  },
};
const upgrade = { type: 'UpgradeTier', tier: silver, qualifyingPoints: 500 } as const;

describe('enrolling', () => {
  it('takes the customer in, at the lowest tier', () => given().when(enroll).then(enrolled));
  it('happens once', () => given(enrolled).when(enroll).refuses('already-enrolled'));
  it('happens once, though the programme is paused by now', () =>
    given(enrolled)
      .when({ ...enroll, program: paused })
      .refuses('already-enrolled'));
  it('needs an active programme', () => {
    given()
      .when({ ...enroll, program: draft })
      .refuses('program-not-active');
    given()
      .when({ ...enroll, program: paused })
      .refuses('program-paused');
  });
  it('comes before everything else', () => given().when(earn(10)).refuses('not-enrolled'));
});

describe('tiers', () => {
  it('rise', () => given(enrolled).when(upgrade).then(upgraded));
  it('do not stay the same', () => given(enrolled, upgraded).when(upgrade).refuses('tier-not-higher'));
  it('do not fall', () =>
    given(enrolled, upgraded)
      .when({ ...upgrade, tier: { id: 'tier-1', name: 'Bronze', level: 1 } })
      .refuses('tier-not-higher'));
});
