import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Client, Pool } from 'pg';
import { backoff } from '../backoff.ts';
import { notify } from '../ports/notify.ts';
import type { PendingWork } from '../ports/store.ts';

/** Milliseconds between what other processes are told. */
const TELL_EVERY = 5;

/** Who waits for work that a commit brings, here or in another process. */
export interface Watchers {
  watch(kinds: readonly PendingWork[], listener: () => void): () => void;
  /** After a commit of this process. */
  tell(touched: ReadonlySet<PendingWork>): void;
  close(): Promise<void>;
}

export interface WatchersOptions {
  readonly channel: string;
  /** Opens a connection that is kept for listening; `release` gives it up. */
  connect(): Promise<{ readonly client: Pick<Client, 'query' | 'on'>; release(): Promise<void> }>;
  pool(): Promise<Pool>;
}

/**
 * LISTEN on a connection of its own, from the first watcher on. Commits of this process are told at once, to others by
 * NOTIFY in a transaction of its own after the commit: one that notifies within a transaction takes a lock of the whole
 * database while it commits, and commits would queue. One notification is under way at a time, and says what has come meanwhile.
 */
export function watchers({ channel, connect, pool }: WatchersOptions): Watchers {
  const self = randomUUID().slice(0, 8);
  const listeners = new Set<{ readonly kinds: readonly PendingWork[]; readonly listener: () => void }>();
  let release: (() => Promise<void>) | undefined;
  let listening = false;
  let failures = 0;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let closed = false;
  const untold = new Set<PendingWork>();
  let telling: Promise<void> | undefined;

  function tellHere(kinds: ReadonlySet<string>): void {
    for (const it of listeners) if (it.kinds.some((kind) => kinds.has(kind))) notify(it.listener);
  }

  function tellAll(): void {
    for (const { listener } of listeners) notify(listener);
  }

  async function listen(): Promise<void> {
    if (listening || closed) return;
    listening = true;
    let connection: Awaited<ReturnType<WatchersOptions['connect']>> | undefined;
    try {
      connection = await connect();
      let lost = false;
      const onLost = (): void => {
        if (lost) return;
        lost = true;
        listening = false;
        release = undefined;
        listenLater();
      };
      connection.client.on('error', onLost);
      connection.client.on('end', onLost);
      connection.client.on('notification', ({ payload = '' }) => {
        const [from, kinds = ''] = payload.split(' ');
        if (from !== self) tellHere(new Set(kinds.split(',')));
      });
      release = connection.release;
      await connection.client.query(`LISTEN "${channel}"`);
      failures = 0;
      if (closed) await connection.release();
      // What was committed while nobody listened.
      else tellAll();
    } catch {
      // It is of no use to us, and others may be waiting for it.
      await connection?.release().catch(() => undefined);
      release = undefined;
      listening = false;
      listenLater();
    }
  }

  function listenLater(): void {
    if (closed || listeners.size === 0) return;
    failures += 1;
    clearTimeout(retry);
    retry = setTimeout(() => void listen(), backoff(failures, 100, 5_000)).unref();
  }

  async function tellOthers(): Promise<void> {
    const client = await pool();
    while (untold.size > 0) {
      const kinds = [...untold].join(',');
      untold.clear();
      // Nothing is written, so nothing need be on disk before it counts as committed.
      await client.query(
        `BEGIN; SET LOCAL synchronous_commit = off; SELECT pg_notify('${channel}', '${self} ${kinds}'); COMMIT`,
      );
      // The first commit is told at once. Of those that follow closely each costs a transaction more, and wakes who is awake.
      await sleep(TELL_EVERY);
    }
  }

  return {
    watch(kinds, listener) {
      const entry = { kinds, listener };
      listeners.add(entry);
      void listen();
      return () => void listeners.delete(entry);
    },
    tell(touched) {
      tellHere(touched);
      for (const kind of touched) untold.add(kind);
      // Lost when it fails: watchers also look on their own, now and then.
      telling ??= tellOthers()
        .catch(() => undefined)
        .finally(() => {
          telling = undefined;
        });
    },
    async close() {
      closed = true;
      clearTimeout(retry);
      listeners.clear();
      await telling;
      await release?.().catch(() => undefined);
    },
  };
}
