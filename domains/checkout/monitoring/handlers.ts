/** Monitoring: when each step of a request was taken, and an alarm when failures pile up. */
import type { MonitoringHandlers } from '@chirograph/generated/checkout/consumers/monitoring';
import type { HandlerContext, Log, Transaction } from '@chirograph/runtime';
import { takeTurn } from '../../shared/turn.ts';
import { records } from '../records.ts';

/** By request and event. Each event has a record of its own: they come on many channels, and may come at once. */
export const steps = records<{ readonly event: string; readonly at: number }>(
  'monitoring/steps',
  'order.initiated',
);
/** How long the rules service checked, in milliseconds, by request. */
export const checks = records<{ readonly took: number }>('monitoring/checks', 'order.validation_started');
/** By the time at which orders failed, and by order. */
export const failures = records<{ readonly order_id: string }>('monitoring/failures', 'order.failed');
/** By the time at which they were raised. */
export const alarms = records<{ readonly failures: number }>('monitoring/alarms', 'order.failed');

/** So many failures in so many milliseconds are an alarm; the next one is raised no sooner. */
export const ALARM = { failures: 5, within: 600_000 };

/** How long the way from one event of a request to another took; undefined while one of them is missing. */
export async function latency(
  tx: Transaction,
  request_id: string,
  from: string,
  to: string,
): Promise<number | undefined> {
  const taken = await steps.under(tx, request_id);
  const [began, ended] = [from, to].map((name) => taken.find(({ event }) => event === name)?.at);
  return began === undefined || ended === undefined ? undefined : ended - began;
}

interface Message {
  readonly event: string;
  readonly timestamp: string;
  readonly metadata: { readonly request_id: string };
}

export function monitoringHandlers(log: Log): MonitoringHandlers {
  async function note({ event, timestamp, metadata }: Message, context: HandlerContext): Promise<void> {
    const step = { event, at: Date.parse(timestamp) };
    await steps.put(context.tx, `${metadata.request_id} ${event}`, step, timestamp);
    log(context, `notes the time of ${event}`);
  }

  return {
    orderValidationStarted: note,
    async orderValidationCompleted(message, context) {
      const { timestamp, data, metadata } = message;
      await checks.put(context.tx, metadata.request_id, { took: data.duration_ms }, timestamp);
      await note(message, context);
    },
    orderInitiated: note,
    walletDebitStarted: note,
    bizoneOrderCreated: note,
    orderConfirmationSent: note,
    async orderFailed({ timestamp, data: { order_id } }, context) {
      const { tx } = context;
      // Two that are counted at once would each miss the other.
      await takeTurn(tx, 'alarms', 'order.failed');
      await failures.put(tx, `${timestamp} ${order_id}`, { order_id }, timestamp);
      // Behind all that was at that very time: ids go on with an order.
      const after = `${new Date(Date.parse(timestamp) - ALARM.within).toISOString()} ~`;
      const lately = (await failures.of(tx).list({ after })).length;
      const isAlarm =
        lately >= ALARM.failures && (await alarms.of(tx).list({ after, limit: 1 })).length === 0;
      if (isAlarm) await alarms.put(tx, timestamp, { failures: lately }, timestamp);
      log(context, isAlarm ? `alarm: ${lately} orders failed lately` : 'notes a failure');
    },
  };
}
