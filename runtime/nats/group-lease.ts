import type { JetStreamClient, JetStreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { jetStreamName } from './subject.ts';

/**
 * The right of one member to take a group's messages from a stream: only so can many be under way at once and each key keep its order
 * whatever member dies. It is a message on a subject of its own, replaced only by who knows which one is the last (compare and
 * set), so no clocks need agree: a holder counts from before it asked, and others from when they saw the last sign of life.
 */
export interface GroupLease {
  /** Gives it back once `ended` has resolved, and stands in line again after so many milliseconds. Does nothing for who does not have it. */
  yield(pause: number): void;
  /** Gives it back, once `ended` has resolved. */
  stop(): Promise<void>;
}

export interface GroupLeaseOptions {
  readonly client: NatsConnection;
  readonly context: JetStreamClient;
  readonly manager: JetStreamManager;
  readonly prefix: string | undefined;
  readonly stream: string;
  readonly durable: string;
  readonly holder: string;
  /** Milliseconds without a sign of life after which another member may take over. */
  readonly ttl: number;
  /** It is ours: begin. Must not reject. */
  began(): void;
  /**
   * It is not, or soon not, ours: `given` when it is given back after this has resolved, `lapsed` when another member may have it already.
   */
  ended(why: 'given' | 'lapsed'): Promise<void>;
  onFault(error: unknown): void;
}

const NAME = 'chirograph-leases';
const WRONG_LAST_SEQUENCE = 10071;
const NO_MESSAGE = 10037;
const FREE = '';

/** The stream that holds the leases of all groups of a prefix. */
export async function ensureLeaseStream(
  manager: JetStreamManager,
  prefix: string | undefined,
): Promise<void> {
  await manager.streams.add({
    name: streamName(prefix),
    subjects: [`${subjectPrefix(prefix)}.>`],
    max_msgs_per_subject: 1,
  });
}

function streamName(prefix: string | undefined): string {
  return prefix === undefined ? NAME : `${jetStreamName(prefix)}_${NAME}`;
}

function subjectPrefix(prefix: string | undefined): string {
  return prefix === undefined ? NAME : `${NAME}-${jetStreamName(prefix)}`;
}

export function groupLease(options: GroupLeaseOptions): GroupLease {
  const { client, context, manager, prefix, stream, durable, holder, ttl, began, ended, onFault } = options;
  const subject = `${subjectPrefix(prefix)}.${stream}.${durable}`;
  let owned: { sequence: number; until: number } | undefined;
  let stopped = false;
  let pauseUntil = 0;
  let yielding = false;
  /** What of earlier times as the holder has not ended: until it has, we do not begin anew. */
  const endings = new Set<Promise<void>>();
  let wake: () => void = () => undefined;
  /** The last that was seen of another holder, and since when. */
  let seen: { readonly sequence: number; readonly since: number } | undefined;

  // Those that wait hear at once that the lease is free.
  const told = client.subscribe(subject, {
    callback: () => {
      if (!owned) wake();
    },
  });

  function sleep(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  async function last(): Promise<{ readonly sequence: number; readonly holder: string }> {
    try {
      const message = await manager.streams.getMessage(streamName(prefix), { last_by_subj: subject });
      return message ? { sequence: message.seq, holder: message.string() } : { sequence: 0, holder: FREE };
    } catch (error) {
      if (codeOf(error) === NO_MESSAGE) return { sequence: 0, holder: FREE };
      throw error;
    }
  }

  /** Answers with the sequence of what was written, or `undefined` when someone else has written meanwhile. */
  async function write(text: string, after: number): Promise<number | undefined> {
    try {
      const expect = { lastSubjectSequence: after };
      const { seq } = await context.publish(subject, text, { expect, timeout: ttl / 3 });
      return seq;
    } catch (error) {
      if (codeOf(error) === WRONG_LAST_SEQUENCE) return undefined;
      throw error;
    }
  }

  /** Calls `ended`, and is done when that is. */
  async function end(why: 'given' | 'lapsed'): Promise<void> {
    const ending = ended(why).catch(onFault);
    endings.add(ending);
    await ending;
    endings.delete(ending);
  }

  /** One look at the lease of another. Answers with the milliseconds until the next. */
  async function contend(): Promise<number> {
    // The server may be back, and the lease to be had, before what lapsed meanwhile has ended: the two would undo each other's work.
    await Promise.all(endings);
    if (stopped) return 0;
    const now = performance.now();
    if (now < pauseUntil) return pauseUntil - now;
    const found = await last();
    const isOthers = found.holder !== FREE && found.holder !== holder;
    if (isOthers) {
      if (seen?.sequence !== found.sequence) seen = { sequence: found.sequence, since: performance.now() };
      const left = seen.since + ttl - performance.now();
      if (left > 0) return Math.min(left, ttl / 3);
    }
    const asked = performance.now();
    const sequence = await write(holder, found.sequence);
    if (sequence === undefined) return 0;
    if (stopped) {
      await write(FREE, sequence);
      return 0;
    }
    owned = { sequence, until: asked + ttl };
    began();
    return ttl / 3;
  }

  async function renew(from: { sequence: number; until: number }): Promise<number> {
    const asked = performance.now();
    const sequence = await write(holder, from.sequence);
    // An answer that was lost leaves a message of ours behind: then it is still ours.
    if (sequence === undefined) {
      const found = await last();
      if (found.holder !== holder) {
        await lapse();
        return 0;
      }
      from.sequence = found.sequence;
      return 0;
    }
    from.sequence = sequence;
    from.until = asked + ttl;
    return ttl / 3;
  }

  async function lapse(): Promise<void> {
    if (!owned) return;
    owned = undefined;
    await end('lapsed');
  }

  async function giveBack(): Promise<void> {
    if (!owned) return;
    // Renewed by `run` until what is under way has ended.
    await end('given');
    const giving = owned;
    owned = undefined;
    if (giving) await write(FREE, giving.sequence).catch(() => undefined);
  }

  async function run(): Promise<void> {
    while (!stopped || owned) {
      let pause: number;
      try {
        pause = owned ? await renew(owned) : await contend();
      } catch (error) {
        if (!stopped && !client.isClosed()) onFault(error);
        if (client.isClosed()) {
          await lapse();
          return;
        }
        pause = ttl / 6;
      }
      if (stopped && !owned) return;
      await sleep(pause);
    }
  }

  // By a clock that nobody sets: what could not be renewed in time is not ours, whether the server can be asked or not.
  const watch = setInterval(() => {
    if (owned && performance.now() >= owned.until) void lapse();
  }, ttl / 10);
  watch.unref();
  const running = run();

  return {
    yield(pause) {
      if (!owned || yielding || stopped) return;
      yielding = true;
      pauseUntil = performance.now() + pause;
      void giveBack().finally(() => {
        yielding = false;
        wake();
      });
    },
    async stop() {
      stopped = true;
      await giveBack();
      wake();
      await running;
      clearInterval(watch);
      told.unsubscribe();
    },
  };
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
