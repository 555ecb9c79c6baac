/** The order service: it leads an order from the click to its end. */
import type { OrderServiceProducer } from '@chirograph/generated/checkout/producers/order-service';
import {
  type Clock,
  type CommandContext,
  claims,
  type DeadlineOptions,
  type Deadlines,
  type Entities,
  entities,
  entityDeadlines,
  erasePersonalData,
  type LogSink,
  type Outcome,
  personalData,
  type Refusal,
  refuse,
  type Store,
  type Transaction,
  within,
} from '@chirograph/runtime';
import { idOf } from '../ids.ts';
import type { CartToCheck, Verdict } from '../rules-service/rules.ts';
import type { DebitAnswer, WalletService } from '../wallet-service/wallet-service.ts';
import {
  amountOf,
  type CheckoutRequest,
  cartValueOf,
  type Order,
  type OrderCommand,
  type OrderEvent,
  type OrderFailure,
  type OrderState,
  order,
} from './order.ts';
import { publishOrder } from './publish-order.ts';

export type OrderOutcome = Outcome<OrderEvent, OrderFailure>;

/** What the user hears: how far the order is, or why there is none. The same click hears of the same order. */
export type Placed =
  | {
      readonly kind: 'placed';
      readonly order_id: string;
      readonly status: Exclude<Order['status'], 'checking' | 'rejected'>;
      readonly failure: Order['failure'];
    }
  | Refusal<OrderFailure | 'CART_REJECTED' | 'REQUEST_ID_REUSED'>;

export interface OrderService {
  /**
   * The first six steps. What comes after them is under way when it resolves. A click whose request broke off is
   * made again with the same idempotency key, and goes on where it was.
   */
  placeOrder(request: CheckoutRequest): Promise<Placed>;
  /**
   * Begins what `placeOrder` does, in the caller's transaction: a refusal is known at once, and the steps are taken after the commit, by the
   * order service's workers.
   */
  accept(
    request: CheckoutRequest,
    context: CommandContext,
  ): Promise<OrderOutcome | Refusal<'REQUEST_ID_REUSED'>>;
  /** What BizOne has answered. */
  note(
    order_id: string,
    command: WithoutTime<Extract<OrderCommand, { type: `NotePartner${string}` }>>,
    context?: CommandContext,
  ): Promise<OrderOutcome>;
  find(tx: Transaction, order_id: string): Promise<OrderState>;
  /** Makes the name, phone and address in all orders of a user unreadable. */
  eraseUser(user_id: string): Promise<void>;
  /** Takes the steps of orders that were accepted, and gives up those that take too long. */
  watch(options: DeadlineOptions): readonly Deadlines[];
}

type WithoutTime<Command> = Command extends OrderCommand ? Omit<Command, 'at'> : never;

export interface OrderServiceOptions {
  readonly store: Store;
  readonly clock: Clock;
  /** Told when the wallet does not answer, and why: the order's failure says no more than that. */
  readonly log?: LogSink | undefined;
  readonly producer: OrderServiceProducer;
  readonly wallet: Pick<WalletService, 'debit'>;
  readonly rules: {
    validate(cart: CartToCheck & { readonly request_id: string }, context?: CommandContext): Promise<Verdict>;
    isActive(tx: Transaction, merchant_id: string): Promise<boolean>;
  };
}

/** One key leads to one order, whoever asks at once. */
export function orderIdOf(idempotency_key: string): string {
  return idOf('order', idempotency_key);
}

export function orderService(options: OrderServiceOptions): OrderService {
  const { store, clock, producer, wallet, rules, log = () => undefined } = options;
  const publish = publishOrder(producer);
  const timeLimits = entityDeadlines('order-time-limits', (state: OrderState) =>
    state.kind === 'known' ? state.dueAt : undefined,
  );
  // When the next step of an accepted order is to be taken: at once.
  const steps = entityDeadlines<number>('order-steps', (at) => at);
  // Events are told apart by name and request: two orders of one request would pass for one.
  const requests = claims('order-requests', { clock });
  const orders: Entities<OrderState, OrderCommand, OrderEvent, OrderFailure> = entities({
    name: 'order',
    store,
    clock,
    decider: order,
    stored: personalData<OrderEvent>({
      subjectOf: (event) => (event.type === 'CheckoutStarted' ? event.request.user_id : undefined),
      places: personalPlacesOf,
    }),
    async publish(event, context) {
      await timeLimits.note(context.tx, context.id, context.state);
      await publish(event, context);
    },
  });

  function decide(
    order_id: string,
    command: WithoutTime<OrderCommand>,
    context?: CommandContext,
  ): Promise<OrderOutcome> {
    return orders.decide(order_id, (_, at) => ({ ...command, at }), context);
  }

  async function begin(order_id: string, request: CheckoutRequest, context: CommandContext = {}) {
    return within(store, context, async (tx) => {
      if ((await requests.claim(tx, request.request_id, order_id)) !== order_id) {
        return refuse('REQUEST_ID_REUSED', 'The request id is that of another order.');
      }
      return decide(order_id, { type: 'StartCheckout', order_id, request }, { ...context, tx });
    });
  }

  async function known(order_id: string): Promise<Order> {
    const state = await store.read((tx) => orders.load(tx, order_id));
    if (state.kind === 'unknown') throw new Error(`${order_id} was begun, and is not there`);
    return state;
  }

  async function check({ order_id, request }: Order, context?: CommandContext): Promise<void> {
    const { request_id, user_id, merchant_id, campaign_code, address } = request;
    const verdict = await rules.validate(
      {
        request_id,
        user_id,
        merchant_id,
        cart_value: cartValueOf(request),
        campaign_code,
        delivery_pincode: address.pincode,
      },
      context,
    );
    await decide(order_id, { type: 'NoteVerdict', ...verdict }, context);
  }

  async function pay(state: Order, context: CommandContext = {}): Promise<void> {
    const { order_id, request } = state;
    const { user_id, merchant_id, campaign_code, request_id } = request;
    // The merchant may have closed since the checks.
    const isActive = (tx: Transaction) => rules.isActive(tx, merchant_id);
    if (!(await (context.tx ? isActive(context.tx) : store.read(isActive)))) {
      await decide(order_id, { type: 'NoteMerchantUnavailable' }, context);
      return;
    }
    const asked = { order_id, user_id, merchant_id, campaign_code, request_id, amount: amountOf(state) };
    await decide(order_id, noteOf(await answerOf(asked, context)), context);
  }

  /** The next step of an accepted order, each in a transaction of its own: the one before it is there for good. */
  async function takeStep(tx: Transaction, order_id: string): Promise<void> {
    const state = await orders.load(tx, order_id);
    if (state.kind === 'unknown') return;
    if (state.status === 'initiated') await pay(state, { tx });
    if (state.status !== 'checking') return;
    await check(state, { tx });
    await steps.note(tx, order_id, clock.now());
  }

  /** Undefined when the wallet does not answer. It hears that the order has failed, and gives back what it may have taken. */
  async function answerOf(
    asked: Parameters<WalletService['debit']>[0],
    { tx, causedBy }: CommandContext,
  ): Promise<DebitAnswer | undefined> {
    try {
      // What a wallet that fails has written is undone.
      return await (tx
        ? tx.attempt((own) => wallet.debit(asked, { tx: own, causedBy }))
        : wallet.debit(asked));
    } catch (error) {
      const { request_id } = asked;
      const did = `the wallet does not answer: ${error instanceof Error ? error.message : error}`;
      log({ service: 'order-service', messageId: request_id, correlationId: request_id, did });
      return undefined;
    }
  }

  return {
    async placeOrder(request) {
      const order_id = orderIdOf(request.idempotency_key);
      const begun = await begin(order_id, request);
      if (begun.kind === 'refused') return begun;
      let state = await known(order_id);
      if (state.status === 'checking') {
        await check(state);
        state = await known(order_id);
      }
      if (state.status === 'initiated') {
        await pay(state);
        state = await known(order_id);
      }
      return placedOf(state);
    },
    async accept(request, context) {
      const order_id = orderIdOf(request.idempotency_key);
      return within(store, context, async (tx) => {
        const begun = await begin(order_id, request, { ...context, tx });
        if (begun.kind === 'accepted') await steps.note(tx, order_id, clock.now());
        return begun;
      });
    },
    note: (order_id, command, context) => decide(order_id, command, context),
    find: (tx, order_id) => orders.load(tx, order_id),
    eraseUser: (user_id) => store.transaction((tx) => erasePersonalData(tx, user_id)),
    watch: (watching) => [
      timeLimits.watch(store, (tx, id) => decide(id, { type: 'NoteTime' }, { tx }), watching),
      steps.watch(store, takeStep, watching),
    ],
  };
}

/** Where an order's events hold what the contracts mark as personal. */
export function personalPlacesOf({ type }: Pick<OrderEvent, 'type'>): readonly (readonly string[])[] {
  return type === 'CheckoutStarted'
    ? [
        ['request', 'user_name'],
        ['request', 'user_phone'],
        ['request', 'address'],
      ]
    : [];
}

function noteOf(answer: DebitAnswer | undefined): WithoutTime<OrderCommand> {
  if (answer?.kind === 'debited') return { type: 'NoteDebit', payments: answer.payments };
  if (answer?.kind === 'failed') {
    const { failure_reason: reason, amount_available } = answer.data;
    return { type: 'NoteDebitFailed', reason, amount_available };
  }
  // Not answered, or refused: the order was given up meanwhile.
  return { type: 'NoteDebitFailed', reason: 'WALLET_UNAVAILABLE', amount_available: undefined };
}

function placedOf({ order_id, status, failure, validations }: Order): Placed {
  if (status === 'rejected') {
    const missed = Object.entries(validations ?? {}).flatMap(([check, passed]) => (passed ? [] : [check]));
    return refuse('CART_REJECTED', `The cart may not be ordered: ${missed.join(', ')}.`);
  }
  if (status === 'checking') throw new Error(`the checks of ${order_id} have left no trace`);
  return { kind: 'placed', order_id, status, failure };
}
