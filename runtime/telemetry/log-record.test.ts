import { expect, it, onTestFinished } from 'vitest';
import { earned, pointsEarned } from '../fixtures/points-earned.ts';
import { createConsumer, createProducer, jsonLog, logRecord, outbox, receive } from '../index.ts';
import { testBus } from '../testing/index.ts';

it('a log says what happened to which message, and holds nothing of what is in it', async () => {
  const bus = testBus();
  onTestFinished(() => bus.close());
  const lines: string[] = [];
  const options = { clock: bus.clock, observe: jsonLog((line) => lines.push(line)) };
  const tier = createConsumer('tier', bus, { store: bus.store, ...options, retry: { delays: [1_000] } }, [
    receive(pointsEarned, () => {
      throw new TypeError('secret-text of e-4711');
    }),
  ]);
  await tier.start();
  const message = { ...earned('secret-entity', 4711), metadata: { correlationId: 'c-1' } };
  await createProducer('loyalty', outbox(bus.store), options)(pointsEarned, message, {
    headers: { token: 'secret-header' },
  });
  await bus.settled();
  await bus.clock.advance(1_000);
  await bus.settled();
  await tier.stop();

  const records = lines.map((line) => JSON.parse(line));
  expect(records.map(({ level, event }) => `${level} ${event}`)).toEqual([
    'info published',
    'debug delivered',
    'warn retrying',
    'error dead-lettered',
  ]);
  expect(records.at(-1)).toMatchObject({
    consumer: 'tier',
    message: 'loyalty.points.earned',
    correlationId: 'c-1',
    reason: 'retries-exhausted',
    error: 'TypeError',
  });
  expect(lines.join()).not.toMatch(/secret|4711/);
});

it('a fault has its text', () => {
  expect(logRecord({ kind: 'fault', where: 'relay', error: new Error('no route to host') })).toEqual({
    level: 'error',
    event: 'fault',
    where: 'relay',
    error: 'Error',
    problem: 'no route to host',
  });
});
