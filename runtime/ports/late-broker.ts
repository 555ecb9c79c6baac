import { backoff } from '../backoff.ts';
import type { Broker } from './broker.ts';
import type { Health } from './health.ts';
import type { PublishOutcome } from './publisher.ts';
import type { Deliver, Subscription, SubscriptionOptions } from './subscriber.ts';

export interface LateBrokerOptions {
  /** Connects; leaves nothing behind when it rejects. */
  open(): Promise<Broker>;
  /** Whether an error of `open` says that the server cannot be reached just now. Any other one is a mistake in the settings. */
  isAway(error: unknown): boolean;
  /** Milliseconds to wait for the server before the broker is handed out without it. */
  readonly waitFor: number;
  /** Told of each try that fails. */
  readonly onFault: (error: unknown) => void;
}

const FIRST_PAUSE = 250;
const LONGEST_PAUSE = 5_000;

/**
 * A broker whose server may be away when the service starts: it goes on trying, with growing pauses. Until then what is published is `retry`, and
 * subscriptions wait. Rejects at once for what trying again does not help.
 */
export async function lateBroker({ open, isAway, waitFor, onFault }: LateBrokerOptions): Promise<Broker> {
  let inner: Broker | undefined;
  let health: Health = { connected: false, since: Date.now(), problem: 'not connected yet' };
  let closed = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let wake: () => void = () => undefined;
  const opened = Promise.withResolvers<Broker>();
  opened.promise.catch(() => undefined);
  const first = Promise.withResolvers<void>();

  function pause(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      wake = resolve;
      timer = setTimeout(resolve, milliseconds);
    });
  }

  async function connect(): Promise<void> {
    let handedOut = false;
    const patience = setTimeout(() => {
      handedOut = true;
      first.resolve();
    }, waitFor);
    for (let failures = 1; !closed; failures++) {
      try {
        const broker = await open();
        clearTimeout(patience);
        if (closed) return await broker.close();
        inner = broker;
        opened.resolve(broker);
        return first.resolve();
      } catch (error) {
        if (!handedOut && !isAway(error)) {
          clearTimeout(patience);
          return first.reject(error);
        }
        const problem = error instanceof Error ? error.message : String(error);
        health = { ...health, problem };
        onFault(error);
      }
      await pause(backoff(failures, FIRST_PAUSE, LONGEST_PAUSE));
    }
    clearTimeout(patience);
  }

  const connecting = connect();
  await first.promise;

  async function subscribeLate(to: SubscriptionOptions, deliver: Deliver): Promise<Subscription> {
    let subscription: Subscription | undefined;
    let stopped = false;
    const subscribing = (async () => {
      const broker = await opened.promise;
      for (let failures = 1; !stopped && !closed; failures++) {
        try {
          subscription = await broker.subscribe(to, deliver);
          return;
        } catch (error) {
          onFault(error);
        }
        await pause(backoff(failures, FIRST_PAUSE, LONGEST_PAUSE));
      }
    })();
    subscribing.catch(() => undefined);
    return {
      async stop(options) {
        stopped = true;
        if (inner) await subscribing.catch(() => undefined);
        await subscription?.stop(options);
      },
    };
  }

  return {
    async publish(messages, options) {
      if (inner) return inner.publish(messages, options);
      if (options?.tx)
        throw new Error('a broker cannot take part in a transaction: publish through outbox(store)');
      if (closed) throw new Error('the broker is closed');
      const error = new Error(`the broker is not connected: ${health.problem}`);
      return messages.map((): PublishOutcome => ({ kind: 'retry', error }));
    },
    limits: () => inner?.limits() ?? {},
    health: () => inner?.health() ?? health,
    lag: async (group) => inner?.lag?.(group),
    async subscribe(to, deliver) {
      if (inner) return inner.subscribe(to, deliver);
      if (closed) throw new Error('the broker is closed');
      return subscribeLate(to, deliver);
    },
    async close() {
      closed = true;
      clearTimeout(timer);
      wake();
      opened.reject(new Error('the broker was closed before it had connected'));
      if (inner) return inner.close();
      health = { connected: false, since: Date.now(), problem: 'closed' };
      await connecting;
    },
    async [Symbol.asyncDispose](this: Broker) {
      await this.close();
    },
  };
}
