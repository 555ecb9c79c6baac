import type { WireMessage } from '../ports/message.ts';

/**
 * Sends all messages at once, but those of one key one after the other, and none of a key after one that failed:
 * sent again, that one would arrive behind them. Rejects with the first failure, when all that began has ended.
 */
export async function publishInOrder(
  messages: readonly WireMessage[],
  send: (message: WireMessage) => Promise<void>,
): Promise<void> {
  const lanes = new Map<string, Promise<void>>();
  const all = messages.map((message) => {
    const { key } = message;
    if (key === undefined) return send(message);
    const before = lanes.get(key);
    const sent = before ? before.then(() => send(message)) : send(message);
    lanes.set(key, sent);
    return sent;
  });
  const failed = (await Promise.allSettled(all)).find((result) => result.status === 'rejected');
  if (failed) throw failed.reason;
}
