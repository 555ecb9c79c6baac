/** What is counted to be acted upon, handled side by side: as if one came after the other. */
import { it } from 'vitest';
import { assertSerial, handling } from '../shared/races/fixture.ts';
import { fraudDetectionHandlers, SUSPICION, suspicious } from './fraud-detection/handlers.ts';
import { ALARM, alarms, monitoringHandlers } from './monitoring/handlers.ts';

const log = () => undefined;
const timeOf = (n: number) => new Date(Date.UTC(2026, 0, 4, 10, 0, n)).toISOString();
const upTo = (count: number) => Array.from({ length: count }, (_, n) => n);

it.each([
  ['the last failure that is missing for an alarm, and one more', ALARM.failures - 1],
  ['the last two', ALARM.failures - 2],
])('raise one alarm: %s', async (_, before) => {
  const { orderFailed } = monitoringHandlers(log);
  const failing = (n: number) =>
    handling(orderFailed, { timestamp: timeOf(n), data: { order_id: `order_${n}` } });
  await assertSerial({
    before: upTo(before).map(failing),
    atOnce: [failing(before), failing(before + 1)],
    seen: async (tx) => (await alarms.of(tx).list()).length,
  });
});

it('the debit too many is suspicious, though another is counted with it', async () => {
  const { walletDebitStarted } = fraudDetectionHandlers(log);
  const debit = (n: number) =>
    handling(walletDebitStarted, {
      timestamp: timeOf(n),
      data: { user_id: 'user_1', related_order_id: `order_${n}` },
    });
  await assertSerial({
    before: upTo(SUSPICION.debits - 1).map(debit),
    atOnce: [debit(SUSPICION.debits - 1), debit(SUSPICION.debits)],
    seen: async (tx) => (await suspicious.of(tx).list()).length,
  });
});
