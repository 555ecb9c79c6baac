import type {
  Broker,
  Clock,
  LogEntry,
  LogSink,
  Observation,
  Observe,
  WireMessage,
} from '@chirograph/runtime';
import { StoryError } from '../../shared/demo/story-error.ts';

/** One event on its way: who sent it, and what became of it at each consumer. */
export interface Passage {
  readonly message: WireMessage;
  readonly payload: unknown;
  /** The service that published it. */
  readonly by: string;
  /** The id of the event that led to it. */
  readonly causationId: string | undefined;
  /** In the order in which they happened. */
  readonly outcomes: readonly PassageOutcome[];
  /** Real milliseconds from publishing to the latest outcome. */
  readonly took: number;
}

/** One try of one consumer. */
export interface PassageOutcome {
  readonly consumer: string;
  readonly what: Extract<
    Observation,
    { readonly kind: 'handled' | 'retrying' | 'waiting' | 'dead-lettered' | 'duplicate' | 'ignored' }
  >;
  /** What the service says it did. */
  readonly did: readonly string[];
  /** By the story's clock. */
  readonly at: number;
}

/** Writes down all that goes over the bus. */
export interface Chronicle {
  readonly observe: Observe;
  readonly log: LogSink;
  /** The same broker; the chronicle learns who listens to what. */
  listening(broker: Broker): Broker;
  /** All events so far, in the order in which they were published. */
  readonly passages: readonly Passage[];
  /** Resolves when every consumer of every event has done something about it. */
  settled(): Promise<void>;
  /** Resolves when it is so; rejects after some seconds of nothing happening. */
  until(isSo: () => boolean, what: string): Promise<void>;
}

interface OpenPassage extends Passage {
  readonly outcomes: PassageOutcome[];
  readonly began: number;
  took: number;
}

const PATIENCE = 10_000;

export function chronicle(clock: Clock): Chronicle {
  const passages: OpenPassage[] = [];
  const byId = new Map<string, OpenPassage>();
  const listeners = new Map<string, Set<string>>();
  const said: LogEntry[] = [];
  const watchers = new Set<() => void>();

  function open(by: string, message: WireMessage): void {
    const payload = payloadOf(message);
    const causationId = message.headers['causation-id'];
    const began = performance.now();
    const passage = { message, payload, by, causationId, outcomes: [], began, took: 0 };
    passages.push(passage);
    byId.set(eventIdOf(message), passage);
  }

  function note(consumer: string, what: PassageOutcome['what']): void {
    const { message } = what;
    const passage = byId.get(eventIdOf(message));
    if (!passage) return;
    const isMine = (entry: LogEntry): boolean =>
      entry.service === consumer && entry.messageId === passage.message.id;
    const did = said.filter(isMine).map((entry) => entry.did);
    said.splice(0, said.length, ...said.filter((entry) => !isMine(entry)));
    passage.outcomes.push({ consumer, what, did, at: clock.now() });
    passage.took = performance.now() - passage.began;
  }

  function isSettled(): boolean {
    return passages.every(({ message, outcomes }) => {
      const heard = new Set(outcomes.map(({ consumer }) => consumer));
      return [...(listeners.get(message.channel) ?? [])].every((consumer) => heard.has(consumer));
    });
  }

  async function until(isSo: () => boolean, what: string): Promise<void> {
    if (isSo()) return;
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const giveUp = (): void => reject(new StoryError(`${what}: waited ${PATIENCE / 1000} s for it in vain`));
    let patience = setTimeout(giveUp, PATIENCE);
    const look = (): void => {
      clearTimeout(patience);
      patience = setTimeout(giveUp, PATIENCE);
      if (isSo()) resolve();
    };
    watchers.add(look);
    await promise.finally(() => {
      watchers.delete(look);
      clearTimeout(patience);
    });
  }

  return {
    passages,
    log: (entry) => said.push(entry),
    observe(observation) {
      switch (observation.kind) {
        case 'published':
          open(observation.by, observation.message);
          break;
        case 'handled':
        case 'retrying':
        case 'waiting':
        case 'dead-lettered':
        case 'duplicate':
        case 'ignored':
          note(observation.consumer, observation);
          break;
        default:
          return;
      }
      for (const look of watchers) look();
    },
    listening: (broker) => ({
      ...broker,
      async subscribe(to, deliver) {
        for (const channel of to.channels) {
          listeners.set(channel, (listeners.get(channel) ?? new Set()).add(to.group));
        }
        return broker.subscribe(to, deliver);
      },
    }),
    settled: () => until(isSettled, 'every consumer handles every event'),
    until,
  };
}

function payloadOf({ body }: WireMessage): unknown {
  return JSON.parse(new TextDecoder().decode(body));
}

/** The same at every delivery, whatever id the broker gave to it. */
function eventIdOf(message: WireMessage): string {
  const payload = payloadOf(message);
  const hasId = typeof payload === 'object' && payload !== null && 'eventId' in payload;
  return hasId ? String(payload.eventId) : message.id;
}
