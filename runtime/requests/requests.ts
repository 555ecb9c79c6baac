import { randomUUID } from 'node:crypto';
import { type Consumer, type ConsumerOptions, createConsumer } from '../consumer/create-consumer.ts';
import { receive } from '../consumer/receive.ts';
import type { MessageContract } from '../contract/message-contract.ts';
import { type Part, readText } from '../contract/part.ts';
import { outbox } from '../outbox/outbox.ts';
import { CAUSATION_HEADER } from '../ports/cause.ts';
import { type Clock, systemClock } from '../ports/clock.ts';
import type { Texts } from '../ports/message.ts';
import type { Subscriber } from '../ports/subscriber.ts';
import { isInTransaction } from '../ports/transaction-scope.ts';
import { createProducer, type SendOptions } from '../producer/create-producer.ts';

export interface RequestsOptions extends ConsumerOptions {
  /** Milliseconds to wait for an answer: 10 seconds unless told otherwise. */
  readonly patience?: number | undefined;
}

/** What came of a request. */
export type Answer<Reply> =
  | { readonly kind: 'answered'; readonly reply: Reply }
  /** Nobody has answered within so many milliseconds. The request may still take effect: an answer that comes later is dropped. */
  | { readonly kind: 'timeout'; readonly after: number };

export interface AskOptions extends Omit<SendOptions<object, object>, 'tx'> {
  /** Milliseconds, instead of those of all requests. */
  readonly patience?: number | undefined;
}

/** Requests of a service, and the answers to them. */
export interface Requests<Reply> {
  /** Receives the answers: a consumer for `service`. */
  readonly consumer: Consumer;
  /**
   * Sends a request and waits for its answer: the reply whose causation is the request, as that of a handler is that passes its `context` on. Throws
   * `ContractViolation`, and inside a transaction of the same store, which it would wait for.
   */
  ask<T>(
    request: MessageContract<T, unknown, Texts, unknown>,
    message: unknown,
    options?: AskOptions,
  ): Promise<Answer<Reply>>;
}

interface Pending {
  readonly until: number;
  readonly reply?: unknown;
}

/**
 * Requests and replies over any broker: both travel as messages, and the store ties them together, so that an answer finds the one who
 * asked though another process of the service received it, and no broker needs a queue for each process.
 * @param service names the sender, and the group in which answers are received: `<service>.replies`
 */
export function requests<const Replies extends readonly unknown[]>(
  service: string,
  subscriber: Subscriber,
  options: RequestsOptions,
  replies: { readonly [K in keyof Replies]: MessageContract<Replies[K], unknown, Texts, unknown> },
): Requests<Replies[number]> {
  const { store, clock = systemClock, patience = 10_000, poll = 1_000, observe } = options;
  const owner = `${service}.replies`;
  const kept = 'requests';

  const receivers = (replies as readonly MessageContract<unknown>[]).map((contract) =>
    receive(contract, async (reply, { tx, received }) => {
      const id = causeOf(contract.envelope.causationId, reply, received.headers as Texts);
      if (id === undefined) return;
      const pending = tx.documents<Pending>(`${kept}/${service}`);
      const request = await pending.get(id);
      // Nobody waits for it, or not any more.
      if (!request || 'reply' in request) return;
      await pending.put(id, { ...request, reply });
      // Wakes whoever waits, in whatever process.
      await tx.timers.set({ owner, id, dueAt: request.until, attempts: 0 });
    }),
  );

  async function take(id: string): Promise<Pending | undefined> {
    const found = await store.read((tx) => tx.documents<Pending>(`${kept}/${service}`).get(id));
    if (!found || !('reply' in found)) return undefined;
    await forget(id);
    return found;
  }

  async function forget(id: string): Promise<void> {
    await store.transaction(async (tx) => {
      await tx.documents(`${kept}/${service}`).delete(id);
      await tx.timers.clear(owner, id);
    });
  }

  return {
    consumer: createConsumer(owner, subscriber, options, receivers),
    async ask(request, message, { patience: own = patience, ...sending } = {}) {
      if (isInTransaction(store) || isInTransaction())
        throw new Error(
          'a request inside a transaction would wait for itself: it is sent when that commits. Ask before, or send a message and handle the reply',
        );
      const id = randomUUID();
      const until = clock.now() + own;
      const send = createProducer(service, outbox(store), { clock, observe, newId: () => id });
      await store.transaction(async (tx) => {
        await tx.documents<Pending>(`${kept}/${service}`).put(id, { until });
        await send(request, message, { ...sending, tx });
      });
      const reply = await waitFor(() => take(id), {
        clock,
        until,
        poll,
        watch: (wake) => store.watch(['timers'], wake),
      });
      if (reply) return { kind: 'answered', reply: reply.reply as Replies[number] };
      await forget(id);
      return { kind: 'timeout', after: own };
    },
  };
}

function causeOf(part: Part | undefined, payload: unknown, headers: Texts): string | undefined {
  return readText(part, { payload, headers }) ?? headers[CAUSATION_HEADER];
}

interface Waiting {
  readonly clock: Clock;
  readonly until: number;
  readonly poll: number;
  readonly watch: (wake: () => void) => () => void;
}

/** Looks whenever it is woken, and now and then, until there is something or the time is up. */
async function waitFor<T>(
  look: () => Promise<T | undefined>,
  { clock, until, poll, watch }: Waiting,
): Promise<T | undefined> {
  let wake = (): void => undefined;
  let isWoken = false;
  const unwatch = watch(() => {
    isWoken = true;
    wake();
  });
  try {
    for (;;) {
      isWoken = false;
      const found = await look();
      const left = until - clock.now();
      if (found !== undefined || left <= 0) return found;
      if (isWoken) continue;
      await new Promise<void>((resolve) => {
        const cancel = clock.after(Math.min(left, poll), async () => resolve());
        wake = () => {
          cancel();
          resolve();
        };
      });
    }
  } finally {
    unwatch();
  }
}
