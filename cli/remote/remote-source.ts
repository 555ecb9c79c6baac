import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Remote } from '@chirograph/contract/load';
import { type Fetched, fetchText, notAllowed } from './fetch-text.ts';
import { integrityOf, LOCK_FILE, type Lock, type Locked, lockText, readNeighbourLock } from './lock-file.ts';
import type { Store } from './store.ts';

/** What lies on the network, as far as it is known. */
export interface RemoteSource {
  /** Answers from what was fetched in this run, else from the lock and the store. */
  readonly find: (url: string) => Remote;
  /** Fetches what is not known; afterwards all of it is, if only as failed. */
  readonly fetch: (urls: readonly string[]) => Promise<void>;
  /** What the lock should hold, and how that differs from what it held, or from what was taken before. */
  readonly takeChanges: () => LockChanges;
}

export interface LockChanges {
  readonly lock: Lock;
  readonly added: readonly string[];
  readonly changed: readonly string[];
}

export interface RemoteOptions {
  readonly lock: Lock;
  readonly store: Store;
  readonly isAllowed: (url: string) => boolean;
  /** Why what is not locked is not fetched; undefined where it is. */
  readonly frozen?: string | undefined;
  /** Fetch everything anew and take it as it is. */
  readonly update?: boolean;
  /** Ends each attempt. */
  readonly signal?: () => AbortSignal;
}

/** References that lead on for ever end here. */
const MAX_DOCUMENTS = 1000;

/** So many at a time: enough for speed, few enough for any server. */
const AT_ONCE = 8;

export function remoteSource(options: RemoteOptions): RemoteSource {
  const { lock, store } = options;
  const known = new Map<string, Remote>();
  const pinned = new Map<string, Locked>(Object.entries(lock));
  let taken = lock;

  const fromStore = (url: string): Remote => {
    const locked = lock[url];
    if (!options.isAllowed(url)) return failed(notAllowed(url));
    if (!locked) return options.frozen === undefined ? { kind: 'wanted' } : failed(options.frozen);
    const text = options.update ? undefined : store.get(locked.integrity);
    return text === undefined ? { kind: 'wanted' } : { kind: 'text', url: locked.location ?? url, text };
  };

  const take = (url: string, fetched: Fetched): Remote => {
    if (fetched.kind === 'failed') return fetched;
    const integrity = integrityOf(fetched.text);
    const locked = lock[url];
    if (locked && locked.integrity !== integrity && !options.update)
      return { kind: 'changed', locked: locked.integrity, found: integrity };
    store.put(integrity, fetched.text);
    const moved = fetched.url === url ? {} : { location: fetched.url };
    pinned.set(url, { integrity, ...moved });
    return fetched;
  };

  const fetchOne = async (url: string): Promise<void> => {
    const signal = options.signal?.();
    const isTooMany = known.size >= MAX_DOCUMENTS;
    const fetched: Fetched = isTooMany
      ? { kind: 'failed', reason: `references lead to more than ${MAX_DOCUMENTS} documents` }
      : await fetchText(url, { isAllowed: options.isAllowed, ...(signal && { signal }) });
    known.set(url, take(url, fetched));
  };

  return {
    find(url) {
      const found = known.get(url) ?? fromStore(url);
      if (found.kind !== 'wanted') known.set(url, found);
      return found;
    },
    async fetch(urls) {
      for (let at = 0; at < urls.length; at += AT_ONCE) {
        await Promise.all(urls.slice(at, at + AT_ONCE).map(fetchOne));
      }
    },
    takeChanges() {
      const now = Object.fromEntries(pinned);
      const urls = Object.keys(now).filter((url) => taken[url]?.integrity !== now[url]?.integrity);
      const changes = {
        lock: now,
        added: urls.filter((url) => !taken[url]).sort(),
        changed: urls.filter((url) => taken[url]).sort(),
      };
      taken = now;
      return changes;
    },
  };
}

/** Writes the lock where it has changed, and says so in a line each. */
export function saveLock(
  root: string,
  { lock, added, changed }: LockChanges,
  say: (text: string) => void,
): void {
  if (added.length + changed.length === 0) return;
  writeFileSync(join(root, LOCK_FILE), lockText(lock, readNeighbourLock(root)));
  for (const url of added) say(`${LOCK_FILE}: added ${url}\n`);
  for (const url of changed) say(`${LOCK_FILE}: changed ${url}\n`);
}

function failed(reason: string): Remote {
  return { kind: 'failed', reason };
}
