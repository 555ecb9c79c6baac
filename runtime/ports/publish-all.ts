import type { OutgoingMessage } from './message.ts';
import type { Publisher, PublishOptions } from './publisher.ts';

/** For callers who have nothing to do with one message that failed but to fail themselves: rejects with its error. */
export async function publishAll(
  publisher: Publisher,
  messages: readonly OutgoingMessage[],
  options?: PublishOptions,
): Promise<void> {
  const outcomes = await publisher.publish(messages, options);
  for (const [index] of messages.entries()) {
    const outcome = outcomes[index];
    if (outcome?.kind === 'acked') continue;
    throw outcome?.error ?? new Error('the broker did not say what became of a message');
  }
}
