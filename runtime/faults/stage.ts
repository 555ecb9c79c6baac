import type { Store } from '../index.ts';
import { BROKERS, type BrokerName } from './brokers.ts';
import { type Book, type Comparison, compare, countOfBook, readBook } from './numbered.ts';
import type { Ledger, RowContext } from './row.ts';
import { query } from './servers.ts';
import { type BrokerSpec, openStore, type ServiceSpec, type StoreSpec } from './service.ts';
import { faultsOf, type ServiceProcess, startService } from './service-process.ts';

/** What most rows need: a store and a broker, services on them, and the books. */
export interface Stage {
  readonly store: StoreSpec;
  readonly broker: BrokerSpec;
  /** The store, opened by the row itself. */
  readonly own: Store;
  readonly started: readonly ServiceProcess[];
  /** Starts a service; waits until it is ready unless told otherwise. */
  start(spec: Partial<ServiceSpec>): Promise<ServiceProcess>;
  /** How often all services together have said a word. */
  sum(word: string): number;
  /** How many effects the consumer `ledger` has had. */
  done(): Promise<number>;
  compared(): Promise<Comparison>;
  /** A ledger of what was sent and done; `more` problems and notes are added. */
  ledger(more?: Partial<Ledger>, sent?: Book): Promise<Ledger>;
}

export interface StageOptions {
  readonly kind?: BrokerName;
  readonly store?: StoreSpec;
  /** The broker's URL, when it is not the shared server's. */
  readonly url?: string;
}

export async function stage(context: RowContext, options: StageOptions = {}): Promise<Stage> {
  const { defer, name } = context;
  const { kind = 'nats' } = options;
  const store = options.store ?? (await postgresFor(context));
  const url = options.url ?? (await context.servers.broker(kind)).url;
  const broker = { kind, url, prefix: name };
  const own = await openStore(store);
  defer(() => own.close());
  const started: ServiceProcess[] = [];
  defer(async () => {
    await Promise.all(started.filter(({ isRunning }) => isRunning).map((service) => service.kill()));
  });
  const count = countOfBook(own, 'done-ledger');
  // One after the other: two at once would count the same.
  let counting: Promise<number> = Promise.resolve(0);
  const done = (): Promise<number> => {
    counting = counting.catch(() => 0).then(count);
    return counting;
  };
  const sum = (word: string): number => started.reduce((all, service) => all + service.count(word), 0);
  const compared = async (sent?: Book): Promise<Comparison> =>
    compare(sent ?? (await readBook(own, 'sent')), await readBook(own, 'done-ledger'));

  return {
    store,
    broker,
    own,
    started,
    sum,
    compared: () => compared(),
    async start(spec) {
      const service = startService({ store, broker, ...spec });
      started.push(service);
      await service.ready();
      return service;
    },
    done,
    async ledger(more = {}, sent) {
      const { problems, unsent: _, ...counts } = await compared(sent);
      const all = [...problems, ...(more.problems ?? [])];
      return {
        ...counts,
        delivered: sum('delivered'),
        ...more,
        notes: [...(more.notes ?? []), ...(all.length > 0 ? faultsOf(started) : [])],
        problems: all,
      };
    },
  };
}

/** A store of the row's own on the shared PostgreSQL. */
export async function postgresFor({ name, servers, defer }: RowContext): Promise<StoreSpec> {
  const { url } = await servers.postgres();
  const schema = name.replaceAll('-', '_');
  const drop = async (): Promise<void> => void (await query(url, `DROP SCHEMA IF EXISTS ${schema} CASCADE`));
  await drop();
  defer(drop);
  return { kind: 'postgres', url, schema };
}

/** A server of the row's own. */
export async function ownBroker({ defer }: RowContext, kind: BrokerName) {
  const server = await BROKERS[kind].start();
  defer(() => server.stop());
  return server;
}
