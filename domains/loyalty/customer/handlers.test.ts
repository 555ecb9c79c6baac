import { customerConsumer } from '@chirograph/generated/loyalty/consumers/customer';
import * as samples from '@chirograph/generated/loyalty/samples';
import { expect, it } from 'vitest';
import { serviceTest } from '../service-test.ts';
import { customerHandlers, openPrograms, profiles } from './handlers.ts';

const customerId = '36f675cc-81e7-4ef5-a8e2-5d940ed90475';
const [coffee, tea] = [
  'd23f0824-128b-4f33-8c5c-7fd0a6a3a450',
  '1f0f46b3-4d88-4a1e-9f0e-54f9c7e3a0c2',
] as const;

it('opens a programme for enrolment, and closes it', async () => {
  const { bus, loyalty, log, read } = serviceTest();
  await customerConsumer(bus, bus, customerHandlers(log)).start();
  const data = { programName: 'Coffee' };
  await loyalty.loyaltyProgramActivated(
    samples.loyaltyProgramActivated.sample({ aggregateId: coffee, data }),
  );
  expect(await read(openPrograms, coffee)).toEqual({ programName: 'Coffee', open: true });
  await loyalty.loyaltyProgramPaused(samples.loyaltyProgramPaused.sample({ aggregateId: coffee, data }));
  expect(await read(openPrograms, coffee)).toEqual({ programName: 'Coffee', open: false });
});

it('keeps the memberships of a customer, and the segment in each', async () => {
  const { bus, loyalty, log, read } = serviceTest();
  await customerConsumer(bus, bus, customerHandlers(log)).start();
  for (const [programId, programName] of [
    [coffee, 'Coffee'],
    [tea, 'Tea'],
  ] as const) {
    await loyalty.customerEnrolled(
      samples.customerEnrolled.sample({ data: { customerId, programId, programName } }),
    );
  }
  const rise = { customerId, programId: tea, tierName: 'Silver' };
  await loyalty.tierUpgraded(samples.tierUpgraded.sample({ data: rise }));
  expect(await read(profiles, customerId)).toEqual({
    memberships: { [coffee]: { programName: 'Coffee' }, [tea]: { programName: 'Tea', segment: 'Silver' } },
  });
});
