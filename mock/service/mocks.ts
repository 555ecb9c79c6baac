import type { NodeId, Service, Workspace } from '@chirograph/contract/model';
import { type Broker, type Clock, systemClock } from '@chirograph/runtime';
import { contractsOf } from '../contracts/contracts.ts';
import type { AvroCodecs } from '../contracts/payload-codec.ts';
import type { FaultRates } from '../faults/faults.ts';
import type { Happening } from '../journal/happening.ts';
import { type Journal, journal } from '../journal/journal.ts';
import type { Rates } from '../rates/rates.ts';
import { roleOf } from '../script/role.ts';
import type { Wishes } from './compose-message.ts';
import { type MockService, mockService, type Published } from './mock-service.ts';

export interface MockOptions {
  readonly workspace: Workspace;
  readonly services: readonly Service[];
  readonly broker: Broker;
  /** All that is made up, and every fault, follows from it. */
  readonly seed: number;
  readonly faults?: FaultRates;
  readonly rates?: Rates;
  /** The names of flows to be followed where several would fit. */
  readonly flows?: readonly string[];
  readonly clock?: Clock;
  /** For messages that travel in Avro: see `avroCodecsFor`. */
  readonly avro?: AvroCodecs | undefined;
  /** Told of everything that happens, as it happens. */
  readonly onHappening?: (happening: Happening) => void;
}

/** Several services on one broker. */
export interface Mocks {
  readonly services: readonly MockService[];
  readonly journal: Journal;
  start(): Promise<void>;
  /** Sends a message of one of the services now. Throws when none of them sends it. */
  publish(message: NodeId, wishes?: Wishes): Promise<Published>;
  /** Resolves when all that is under way is done. The broker stays open: it is the caller's. */
  stop(): Promise<void>;
}

/** The addresses of all channels that services hear or send on. */
export function channelsFor(workspace: Workspace, services: readonly Service[]): readonly string[] {
  const roles = services.map((service) => roleOf(workspace, service));
  return [
    ...new Set(
      roles.flatMap((it) => [...it.listensOn, ...[...it.sendsOn.values()].map(({ address }) => address)]),
    ),
  ];
}

/** All messages that services send. */
export function sentBy(workspace: Workspace, services: readonly Service[]): ReadonlySet<NodeId> {
  return new Set(services.flatMap((it) => roleOf(workspace, it).sends));
}

/** Services, not yet started. */
export function mocks(options: MockOptions): Mocks {
  const { workspace, broker, seed, faults = {}, rates = { byName: {} }, flows = [] } = options;
  const { clock = systemClock, onHappening } = options;
  const contracts = contractsOf(workspace, options.avro);
  const log = journal(onHappening);
  const services = options.services.map((service) =>
    mockService(roleOf(workspace, service), {
      contracts,
      broker,
      clock,
      journal: log,
      seed,
      faults,
      rates,
      flows,
    }),
  );
  return {
    services,
    journal: log,
    async start() {
      for (const service of services) await service.start();
    },
    async publish(message, wishes) {
      const sender = services.find((it) => it.role.sends.includes(message));
      if (!sender) throw new Error(`none of the mocked services sends ${message}`);
      return sender.publish(message, wishes);
    },
    async stop() {
      for (const service of services) await service.stop();
    },
  };
}
