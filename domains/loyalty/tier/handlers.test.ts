import { tierConsumer } from '@chirograph/generated/loyalty/consumers/tier';
import * as samples from '@chirograph/generated/loyalty/samples';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { EnrollmentService } from '../loyalty/enrollment-service.ts';
import { serviceTest } from '../service-test.ts';
import { standings, tierHandlers } from './handlers.ts';
import { tierFor } from './ladder.ts';

const enrollmentId = '9531985d-5d9d-49f8-9818-e811892f902b';

async function earning(...amounts: readonly number[]) {
  const test = serviceTest();
  const { bus, loyalty, log } = test;
  const asked: string[] = [];
  const service: Pick<EnrollmentService, 'upgradeTier'> = {
    async upgradeTier({ tier, qualifyingPoints }) {
      asked.push(`${tier.name} with ${qualifyingPoints}`);
      return { kind: 'accepted', id: enrollmentId, events: [] };
    },
  };
  await tierConsumer(bus, bus, tierHandlers(service, log)).start();
  for (const pointsEarned of amounts) {
    await loyalty.pointsEarned(
      samples.pointsEarned.sample({ aggregateId: enrollmentId, data: { pointsEarned } }),
    );
  }
  return { standing: await test.read(standings, enrollmentId), asked };
}

it('adds up all that was ever earned', async () => {
  const { standing, asked } = await earning(100, 399);
  expect(standing).toEqual({ qualifyingPoints: 499, tier: 'Bronze', level: 1 });
  expect(asked).toEqual([]);
});

it('has the tier upgraded when a threshold is reached, once', async () => {
  const { standing, asked } = await earning(499, 1, 10);
  expect(standing).toEqual({ qualifyingPoints: 510, tier: 'Silver', level: 2 });
  expect(asked).toEqual(['Silver with 500']);
});

it('can rise by two at once', async () => {
  const { asked } = await earning(2_000);
  expect(asked).toEqual(['Gold with 2000']);
});

it('has a ladder on which more points never lead lower', () => {
  const points = fc.nat(10_000);
  fc.assert(fc.property(points, points, (some, more) => tierFor(some + more).level >= tierFor(some).level));
});
