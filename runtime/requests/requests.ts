import { randomUUID } from 'node:crypto';
import { type Consumer, type ConsumerOptions, createConsumer } from '../consumer/create-consumer.ts';
import { type Handler, type Older, type Receiver, receive } from '../consumer/receive.ts';
import { headersToText } from '../contract/headers-text.ts';
import type { MessageContract } from '../contract/message-contract.ts';
import { type Part, readText } from '../contract/part.ts';
import { outbox } from '../outbox/outbox.ts';
import { CAUSATION_HEADER } from '../ports/cause.ts';
import { type Clock, systemClock } from '../ports/clock.ts';
import type { Texts } from '../ports/message.ts';
import type { Subscriber } from '../ports/subscriber.ts';
import { isInTransaction } from '../ports/transaction-scope.ts';
import { createProducer, type Demanded, type SendOptions } from '../producer/create-producer.ts';

export interface RequestsOptions extends ConsumerOptions {
  /** Milliseconds to wait for an answer: 10 seconds unless told otherwise. */
  readonly patience?: number | undefined;
}

/** What came of a request. */
export type Answer<Reply> =
  | { readonly kind: 'answered'; readonly reply: Reply }
  /** Nobody has answered within so many milliseconds. The request may still take effect: an answer that comes later is dropped. */
  | { readonly kind: 'timeout'; readonly after: number };

export interface AskOptions<Headers extends object = Texts, Parameters extends object = Texts>
  extends Omit<SendOptions<Headers, Parameters>, 'tx'> {
  /** Milliseconds, instead of those of all requests. */
  readonly patience?: number | undefined;
}

/** The options of a request whose contract knows its headers or parameters. */
export type AskOptionsWith<Headers extends object, Parameters extends object = Texts> = AskOptions<
  Headers,
  Parameters
> &
  Demanded<'headers', Headers> &
  Demanded<'parameters', Parameters>;

/** What generated methods know of a request. */
export interface RequestFacts<Reply> {
  /** Which of the replies answer this request: any of them unless told otherwise. */
  readonly replies?: readonly ReplyContract<Reply>[] | undefined;
  /** Where the request says the address that it wants its answer at; what the caller has written there stays. */
  readonly replyTo?: { readonly at: Part; readonly address: string } | undefined;
}

type ReplyContract<Reply> = MessageContract<Reply, unknown, Texts, unknown>;

/** A reply in all versions that are accepted. */
export interface ReplyReceiver<Reply> {
  readonly contract: ReplyContract<Reply>;
  receive(handler: Handler<Reply>): Receiver;
}

/** A reply of which older versions are accepted, too, by their upcasters: as `receive` has it for messages. */
export function reply<T, Olds extends readonly unknown[] = []>(
  contract: ReplyContract<T>,
  older: { readonly [K in keyof Olds]: Older<Olds[K], T> } | readonly [] = [],
): ReplyReceiver<T> {
  return { contract, receive: (handler) => receive(contract, handler, older) };
}

/** Requests of a service, and the answers to them. */
export interface Requests<Reply> {
  /** Receives the answers: a consumer for `service`. */
  readonly consumer: Consumer;
  /**
   * Sends a request and waits for its answer: the reply whose causation is the request, as that of a handler is that passes its `context` on. Throws
   * `ContractViolationError`, and inside a transaction of the same store, which it would wait for.
   */
  ask<T, Wanted extends Reply = Reply>(
    request: MessageContract<T, unknown, Texts, unknown>,
    message: unknown,
    options?: AskOptions<object, object> & RequestFacts<Wanted>,
  ): Promise<Answer<Wanted>>;
}

interface Pending {
  readonly until: number;
  /** Names of the replies that answer it; any, where it says nothing. */
  readonly replies?: readonly string[] | undefined;
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
  replies: { readonly [K in keyof Replies]: ReplyContract<Replies[K]> | ReplyReceiver<Replies[K]> },
): Requests<Replies[number]> {
  const { store, clock = systemClock, patience = 10_000, poll = 1_000, observe } = options;
  const owner = `${service}.replies`;
  const kept = 'requests';

  const known = replies as readonly (ReplyContract<unknown> | ReplyReceiver<unknown>)[];
  const receivers = known.map((it) => {
    const { contract, receive: receiveWith } = 'receive' in it ? it : reply(it);
    return receiveWith(async (reply, { tx, received }) => {
      const id = causeOf(contract.envelope.causationId, reply, received.headers as Texts);
      if (id === undefined) return;
      const pending = tx.documents<Pending>(`${kept}/${service}`);
      const request = await pending.get(id);
      // Nobody waits for it, or not any more.
      if (!request || 'reply' in request) return;
      if (request.replies && !request.replies.includes(contract.name)) return;
      await pending.put(id, { ...request, reply });
      // Wakes those that wait, in any process.
      await tx.timers.set({ owner, id, dueAt: request.until, attempts: 0 });
    });
  });

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
    async ask(request, message, { patience: own = patience, replies: wanted, replyTo, ...sending } = {}) {
      if (isInTransaction(store) || isInTransaction())
        throw new Error(
          'a request inside a transaction would wait for itself: it is sent when that commits. Ask before, or send a message and handle the reply',
        );
      const asked = replyTo ? withReplyTo(request, replyTo) : request;
      const given = { payload: message, headers: headersToText(sending.headers ?? {}) };
      // The one by which its answer knows it: the caller's own, where the message has one.
      const id = readText(request.envelope.id, given) ?? randomUUID();
      const until = clock.now() + own;
      const send = createProducer(service, outbox(store), { clock, observe, newId: () => id });
      await store.transaction(async (tx) => {
        await tx
          .documents<Pending>(`${kept}/${service}`)
          .put(id, { until, replies: wanted?.map(({ name }) => name) });
        await send(asked, message, { ...sending, tx });
      });
      const found = await waitFor(() => take(id), {
        clock,
        until,
        poll,
        watch: (wake) => store.watch(['timers'], wake),
      });
      if (found) return { kind: 'answered', reply: found.reply as never };
      await forget(id);
      return { kind: 'timeout', after: own };
    },
  };
}

/** Says where the answer is to go, as a producer fills in what is always the same. */
function withReplyTo<T extends Pick<MessageContract<unknown>, 'constants'>>(
  request: T,
  { at, address }: NonNullable<RequestFacts<unknown>['replyTo']>,
): T {
  return { ...request, constants: [...(request.constants ?? []), { ...at, value: address }] };
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
