/** The inventory: the stock of every product. */
import type { InventoryProducer } from '@chirograph/generated/shop/producers/inventory';
import {
  type Clock,
  type CommandContext,
  derivedId,
  type Outcome,
  outcomeOf,
  type Repository,
  repository,
  type Store,
  type Transaction,
  within,
} from '@chirograph/runtime';
import { publishStock } from './publish-stock.ts';
import { reservationExpiry } from './reservation-expiry.ts';
import {
  availableOf,
  type Stock,
  type StockCommand,
  type StockEvent,
  type StockFailure,
  stock,
} from './stock.ts';
import { stockEvents } from './stored-events.ts';

export type StockOutcome = Outcome<StockEvent, StockFailure>;

type WithoutTime<Command> = Command extends StockCommand ? Omit<Command, 'at'> : never;

export interface InventoryService {
  /** Asks something of the stock of a product. */
  decide(
    productId: string,
    command: WithoutTime<StockCommand>,
    context?: CommandContext,
  ): Promise<StockOutcome>;
  /** How many are there and not reserved. */
  availableOf(tx: Transaction, productId: string): Promise<number>;
}

export interface InventoryServiceOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly producer: InventoryProducer;
}

export function inventoryIdOf(productId: string): string {
  return derivedId('inventory', productId);
}

export function inventoryService(options: InventoryServiceOptions): InventoryService {
  const { store, clock, producer } = options;
  const publish = publishStock(producer);
  const stocks: Repository<Stock, StockCommand, StockEvent, StockFailure> = repository({
    name: 'stock',
    decider: stock,
    events: stockEvents,
    clock,
    async publish(event, context) {
      await reservationExpiry.note(context.tx, context.id, context.state);
      await publish(event, context);
    },
  });

  return {
    decide: (productId, command, context = {}) =>
      within(store, context, async (tx) => {
        const asked: StockCommand = { ...command, at: clock.now() };
        return outcomeOf(productId, await stocks.decide(tx, productId, asked, context));
      }),
    availableOf: async (tx, productId) => availableOf((await stocks.load(tx, productId)).state),
  };
}
