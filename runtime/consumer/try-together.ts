import type { Clock } from '../ports/clock.ts';
import type { WireMessage } from '../ports/message.ts';
import type { Transaction } from '../ports/store.ts';
import { inBatchSpan } from '../telemetry/tracing.ts';
import type { Reading } from './read-message.ts';
import type { BatchItem, Together } from './receive.ts';
import { withinTime } from './time-limit.ts';

export interface TogetherOptions {
  readonly consumer: string;
  readonly clock: Clock;
  /** Aborted when the messages are no longer ours. */
  readonly signal: AbortSignal;
  /** Milliseconds that the handler may take for all of them. */
  readonly timeout: number;
}

/**
 * Hands several messages to the one handler that takes them together. Answers `false` when it failed: then nothing of its effects remains, and nothing is
 * noted of the try, for nobody knows which of the messages it failed on. Rejects with the signal's reason when that is aborted.
 */
export async function tryTogether(
  tx: Transaction,
  arrivals: readonly { readonly message: WireMessage; readonly reading: Reading }[],
  { consumer, clock, signal: given, timeout }: TogetherOptions,
): Promise<boolean> {
  let handle: Together['handle'] | undefined;
  const items: BatchItem<unknown>[] = [];
  for (const { reading } of arrivals) {
    if (reading.kind !== 'ready' || !reading.together) return false;
    handle = reading.together.handle;
    items.push(reading.together.item(reading.causedBy));
  }
  try {
    await tx.attempt((own) =>
      inBatchSpan(
        consumer,
        arrivals.map(({ message }) => message),
        () =>
          withinTime(clock, timeout, given, async (signal) => {
            await handle?.(items, { tx: own, signal });
          }),
      ),
    );
    return true;
  } catch {
    if (given.aborted) throw given.reason;
    return false;
  }
}
