import { auditConsumer } from '@chirograph/generated/loyalty/consumers/audit';
import * as samples from '@chirograph/generated/loyalty/samples';
import { expect, it } from 'vitest';
import { serviceTest } from '../service-test.ts';
import { auditHandlers, auditLog } from './handlers.ts';

it('logs who created which programme', async () => {
  const { bus, loyalty, log, read } = serviceTest();
  await auditConsumer(bus, bus, auditHandlers(log)).start();
  const event = samples.loyaltyProgramCreated.sample({ data: { programName: 'Coffee Rewards' } });
  await loyalty.loyaltyProgramCreated(event);
  expect(await read(auditLog, event.eventId)).toEqual({
    at: event.timestamp,
    who: event.data.createdBy,
    did: 'created the programme Coffee Rewards',
    programId: event.aggregateId,
  });
});
