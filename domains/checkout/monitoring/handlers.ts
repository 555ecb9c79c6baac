/** Monitoring: when each step of a request was taken, and an alarm when failures pile up. */
import type { MonitoringHandlers } from '@chirograph/generated/checkout/consumers/monitoring';
import type { HandlerContext, Log, Transaction } from '@chirograph/runtime';
import { records } from '../records.ts';

/** Milliseconds since 1970-01-01T00:00Z by the event's name; `checks_ms` is what the rules service measured. */
export type Steps = Readonly<Record<string, number>>;

/** By request. */
export const steps = records<Steps>('monitoring/steps', 'order.initiated');

/** When orders failed lately. */
const failures = (tx: Transaction) => tx.documents<readonly number[]>('monitoring/failures');

/** By the time at which they were raised. */
export const alarms = records<{ readonly failures: number }>('monitoring/alarms', 'order.failed');

/** So many failures in so many milliseconds are an alarm. */
export const ALARM = { failures: 5, within: 600_000 };

/** How long the way from one event of a request to another took; undefined while one of them is missing. */
export function latency(taken: Steps, from: string, to: string): number | undefined {
  const [began, ended] = [taken[from], taken[to]];
  return began === undefined || ended === undefined ? undefined : ended - began;
}

interface Message {
  readonly event: string;
  readonly timestamp: string;
  readonly metadata: { readonly request_id: string };
}

export function monitoringHandlers(log: Log): MonitoringHandlers {
  async function note(message: Message, context: HandlerContext, more: Steps = {}): Promise<void> {
    const { event, timestamp, metadata } = message;
    const { request_id } = metadata;
    const before = (await steps.of(context.tx).get(request_id)) ?? {};
    const taken = { ...before, ...more, [event]: Date.parse(timestamp) };
    await steps.put(context.tx, request_id, taken, timestamp);
    log(context, `notes the time of ${event}`);
  }

  return {
    orderValidationStarted: (message, context) => note(message, context),
    orderValidationCompleted: (message, context) =>
      note(message, context, { checks_ms: message.data.duration_ms }),
    orderInitiated: (message, context) => note(message, context),
    walletDebitStarted: (message, context) => note(message, context),
    bizoneOrderCreated: (message, context) => note(message, context),
    orderConfirmationSent: (message, context) => note(message, context),
    async orderFailed({ timestamp }, context) {
      const at = Date.parse(timestamp);
      const before = (await failures(context.tx).get('checkout')) ?? [];
      const lately = [...before, at].filter((it) => it > at - ALARM.within);
      const isAlarm = lately.length >= ALARM.failures;
      // The next alarm takes as many failures again.
      await failures(context.tx).put('checkout', isAlarm ? [] : lately);
      if (isAlarm) await alarms.put(context.tx, timestamp, { failures: lately.length }, timestamp);
      log(context, isAlarm ? `alarm: ${lately.length} orders failed lately` : 'notes a failure');
    },
  };
}
