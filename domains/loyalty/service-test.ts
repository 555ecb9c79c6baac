/** What the tests of the services share: a bus, the producer that feeds it, and what the services said. */
import { type LoyaltyProducer, loyaltyProducer } from '@chirograph/generated/loyalty/producers/loyalty';
import { type Documents, type Log, serviceLog, type Transaction } from '@chirograph/runtime';
import { type TestBus, testBus } from '@chirograph/runtime/testing';
import { onTestFinished } from 'vitest';

export interface ServiceTest {
  readonly bus: TestBus;
  /** Speaks for the loyalty service. */
  readonly loyalty: LoyaltyProducer;
  /** To be handed to handlers. */
  readonly log: Log;
  /** What they have said, oldest first. */
  readonly said: readonly string[];
  /** One document of a read model, when all is quiet. */
  read<T>(model: (tx: Transaction) => Documents<T>, id: string): Promise<T | undefined>;
  /** All of them, in the order of their ids. */
  readAll<T>(model: (tx: Transaction) => Documents<T>): Promise<readonly T[]>;
}

export function serviceTest(): ServiceTest {
  const bus = testBus();
  onTestFinished(() => bus.close());
  const said: string[] = [];
  return {
    bus,
    loyalty: loyaltyProducer(bus, bus),
    log: serviceLog('test', ({ did }) => said.push(did)),
    said,
    async read(model, id) {
      await bus.settled();
      return bus.store.transaction((tx) => model(tx).get(id));
    },
    async readAll(model) {
      await bus.settled();
      const entries = await bus.store.transaction((tx) => model(tx).list());
      return entries.map(({ document }) => document);
    },
  };
}
