/** What the wiring of every domain has: who runs in this process, on which broker and store. */
import {
  type Broker,
  type Clock,
  type Consumer,
  type Log,
  type LogSink,
  type Observe,
  outbox,
  type Publisher,
  type Service,
  type ServiceWorker,
  type Store,
  service,
  serviceLog,
  systemClock,
} from '@chirograph/runtime';
import type { HttpApi, HttpApiOptions } from '@chirograph/runtime/http';
import { type Authenticate, statusOf } from '../http/caller.ts';
import { httpApp, httpServer, type NamedApi } from '../http/http-server.ts';

export interface HttpOptions {
  /** 0: any that is free. */
  readonly port: number;
  readonly authenticate: Authenticate;
  /** Told where it listens. */
  readonly listening?: ((port: number) => void) | undefined;
}

export interface WireOptions {
  readonly store: Store;
  readonly broker: Broker;
  readonly clock?: Clock | undefined;
  /** Told of everything the runtime does. */
  readonly observe?: Observe | undefined;
  /** Told of what the services do. */
  readonly log?: LogSink | undefined;
  /** Milliseconds between looks for work that another process left; commits of this one wake at once. */
  readonly poll?: number | undefined;
  /**
   * The services that run in this process: all of them unless told otherwise. The others' decisions can be called here too, for they share the
   * store; what they send and hear is the business of the processes that run them.
   */
  readonly only?: readonly string[] | undefined;
  /** Takes commands over HTTP too. */
  readonly http?: HttpOptions | undefined;
}

/** What runs of a service beside the calls that others make. */
export interface ServiceParts {
  readonly consumer?: Consumer;
  readonly workers?: readonly ServiceWorker[];
  /** Its commands over HTTP. */
  readonly api?: HttpApi | undefined;
}

export interface Wiring {
  /** For producers: into the outbox. */
  readonly sending: Publisher;
  /** For producers and workers. */
  readonly working: Pick<WireOptions, 'observe' | 'poll'> & { readonly clock: Clock };
  /** For consumers. */
  readonly consuming: Wiring['working'] & { readonly store: Store };
  /** For services that decide. */
  readonly serving: { readonly store: Store; readonly clock: Clock };
  /** For APIs; the one who asks is to be told from the request. */
  readonly answering: Pick<HttpApiOptions, 'store' | 'clock' | 'observe' | 'statusOf'>;
  readonly authenticate: Authenticate;
  logOf(service: string): Log;
  /**
   * The process, made of the services that run in it.
   * @throws when `only` names one that the domain does not have
   */
  processOf(domain: string, services: Readonly<Record<string, ServiceParts>>): Service;
}

export function wiring(options: WireOptions): Wiring {
  const { store, broker, clock = systemClock, observe, poll, log = () => undefined, only, http } = options;
  const working = { clock, observe, poll };
  return {
    sending: outbox(store),
    working,
    consuming: { store, ...working },
    serving: { store, clock },
    answering: { store, clock, observe, statusOf },
    authenticate: http?.authenticate ?? (async () => undefined),
    logOf: (name) => serviceLog(name, log),
    processOf(domain, services) {
      const unknown = only?.find((it) => !(it in services));
      if (unknown !== undefined)
        throw new Error(`${domain} has no service ${unknown}; it has ${Object.keys(services).join(', ')}`);
      const running = Object.entries(services).filter(([name]) => only?.includes(name) ?? true);
      const apis = running.flatMap(([name, { api }]): NamedApi[] => (api && http ? [[name, api]] : []));
      const app = httpApp(apis, () => process);
      const process = service({
        name: only ? `${domain}/${only.join('+')}` : domain,
        store,
        broker,
        consumers: running.flatMap(([, { consumer }]) => consumer ?? []),
        workers: [
          ...running.flatMap(([, { workers = [] }]) => workers),
          ...apis.map(([, api]) => api.worker),
          ...(http ? [httpServer(http.port, app, http.listening)] : []),
        ],
        // Who only calls leaves sending to those who run.
        relay: running.length > 0 && { poll },
        clock,
        observe,
      });
      return process;
    },
  };
}
