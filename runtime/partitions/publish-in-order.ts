import type { OutgoingMessage } from '../ports/message.ts';
import type { PublishOutcome } from '../ports/publisher.ts';

/**
 * Sends all messages at once, but those of one key one after the other, and none of a key after one that was not
 * acknowledged: sent again, that one would arrive behind them. Resolves when all that began has ended.
 */
export async function publishInOrder(
  messages: readonly OutgoingMessage[],
  send: (message: OutgoingMessage) => Promise<PublishOutcome>,
): Promise<readonly PublishOutcome[]> {
  const lanes = new Map<string, Promise<PublishOutcome>>();
  return Promise.all(
    messages.map((message) => {
      const { key } = message;
      if (key === undefined) return send(message);
      const before = lanes.get(key);
      const sent = before ? before.then((outcome) => sendAfter(outcome, message, send)) : send(message);
      lanes.set(key, sent);
      return sent;
    }),
  );
}

function sendAfter(
  before: PublishOutcome,
  message: OutgoingMessage,
  send: (message: OutgoingMessage) => Promise<PublishOutcome>,
): PublishOutcome | Promise<PublishOutcome> {
  if (before.kind === 'acked') return send(message);
  const error = new Error(`not sent: an earlier message of the key ${message.key} was not taken`, {
    cause: before.error,
  });
  return { kind: 'retry', error };
}
