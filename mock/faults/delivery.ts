import { type Cancel, type Clock, type Publisher, publishAll, type WireMessage } from '@chirograph/runtime';
import { sampler } from '@chirograph/runtime/samples';
import { seedFor } from '../seed.ts';
import type { Fault } from './faults.ts';

/** The way out of a service, on which messages may be doubled, delayed and overtaken. */
export interface Delivery {
  /** Resolves when the message is with the broker, or held back on purpose. Rejects when the broker refuses it. */
  send(message: WireMessage, faults: readonly Fault[]): Promise<void>;
  /** Sends what is held back, at once. */
  flush(): Promise<void>;
}

export interface DeliveryOptions {
  readonly clock: Clock;
  readonly seed: number;
  /** Told when a message that was held back does not reach the broker. */
  readonly onLost: (message: WireMessage, error: unknown) => void;
}

/** A late message comes so many milliseconds late. */
export const LATE = { min: 2000, max: 10_000 } as const;
/** A message that is to be overtaken waits no longer than this for another one, in milliseconds. */
export const OVERTAKEN_WITHIN = 2000;

export function delivery(publisher: Publisher, { clock, seed, onLost }: DeliveryOptions): Delivery {
  const held = new Map<object, { readonly release: () => Promise<void>; readonly cancel: Cancel }>();
  /** Those held back that wait to be overtaken, each with its key. */
  const slow = new Map<object, string | undefined>();

  function hold(messages: readonly WireMessage[], milliseconds: number): object {
    const token = {};
    const release = async (): Promise<void> => {
      held.delete(token);
      slow.delete(token);
      await publishAll(publisher, messages).catch((error: unknown) => {
        for (const message of messages) onLost(message, error);
      });
    };
    held.set(token, { release, cancel: clock.after(milliseconds, release) });
    return token;
  }

  async function letGo(token: object): Promise<void> {
    const waiting = held.get(token);
    waiting?.cancel();
    await waiting?.release();
  }

  return {
    async send(message, faults) {
      const messages = faults.includes('duplicate') ? [message, message] : [message];
      if (faults.includes('late')) {
        hold(messages, sampler(seedFor(seed, 'lateness', message.id)).integer(LATE.min, LATE.max));
        return;
      }
      if (faults.includes('reorder')) {
        slow.set(hold(messages, OVERTAKEN_WITHIN), message.key);
        return;
      }
      await publishAll(publisher, messages);
      for (const [token, key] of [...slow]) if (key === undefined || key === message.key) await letGo(token);
    },
    async flush() {
      for (const token of [...held.keys()]) await letGo(token);
    },
  };
}
