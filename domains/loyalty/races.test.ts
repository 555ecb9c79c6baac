/** What is read to be written back, handled side by side: as if one came after the other. */
import { it } from 'vitest';
import { assertSerial, handling, type Work } from '../shared/races/fixture.ts';
import { analyticsHandlers, programFigures } from './analytics/handlers.ts';
import { customerHandlers, profiles } from './customer/handlers.ts';
import { inventoryHandlers, stock } from './inventory/handlers.ts';
import { notificationHandlers } from './notification/handlers.ts';
import { audience } from './notification/mail.ts';

const log = () => undefined;
const programId = 'p-1';
const enrolled = (customerId: string, program = programId) => ({
  data: { customerId, programId: program, programName: 'Coffee' },
});

it('both who enrol at once are told of a pause', async () => {
  const { customerEnrolled } = notificationHandlers(async () => undefined, log);
  await assertSerial({
    atOnce: [handling(customerEnrolled, enrolled('c-1')), handling(customerEnrolled, enrolled('c-2'))],
    seen: (tx) => audience(tx).get(programId),
  });
});

it('a customer is in both programmes that they join at once', async () => {
  const { customerEnrolled } = customerHandlers(log);
  await assertSerial({
    atOnce: [handling(customerEnrolled, enrolled('c-1')), handling(customerEnrolled, enrolled('c-1', 'p-2'))],
    seen: (tx) => profiles(tx).get('c-1'),
  });
});

it('the figures of a programme count all that happens at once', async () => {
  const { customerEnrolled, pointsEarned } = analyticsHandlers(log);
  await assertSerial({
    atOnce: [
      handling(customerEnrolled, enrolled('c-1')),
      handling(pointsEarned, { data: { programId, pointsEarned: 5, referenceType: 'PURCHASE' } }),
    ],
    seen: (tx) => programFigures(tx).get(programId),
  });
});

it('the last of a reward goes to one of two', async () => {
  const { pointsRedeemed } = inventoryHandlers(log);
  const redeemed: Work = handling(pointsRedeemed, { data: { rewardId: 'r-1', rewardName: 'Mug' } });
  await assertSerial({
    before: [(tx) => stock(tx).put('r-1', { kind: 'physical', name: 'Mug', left: 1, owed: 0 })],
    atOnce: [redeemed, (tx) => redeemed(tx)],
    seen: (tx) => stock(tx).get('r-1'),
  });
});
