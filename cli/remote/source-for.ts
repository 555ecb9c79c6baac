import type { Settings } from '../config/read-config.ts';
import type { Io } from '../terminal/io.ts';
import type { Values } from '../terminal/values.ts';
import { allowing } from './allowed.ts';
import { LOCK_FILE, type Lock, readLock } from './lock-file.ts';
import { type RemoteSource, remoteSource } from './remote-source.ts';
import { storeIn } from './store.ts';

/** A former state of the contracts, which may have pinned what URLs held then. */
interface Former {
  /** What a person would call it: `main`, `v1.2.0`. */
  readonly name: string;
  readonly lock: () => Lock | undefined;
}

/**
 * What lies on the network, for a run in a workspace.
 * @param former read as it was then; the lock of today stands for one that it has not
 */
export function sourceFor(settings: Settings, values: Values, io: Io, former?: Former): RemoteSource {
  const { root, remote } = settings;
  const lock = former?.lock() ?? readLock(root);
  const inCi = io.env.CI !== undefined && io.env.CI !== '' && io.env.CI !== 'false';
  const isFrozen = lock !== undefined && (former !== undefined || inCi) && values.updateRemote !== true;
  return remoteSource({
    lock: lock ?? {},
    store: storeIn(root),
    isAllowed: allowing(typeof remote === 'boolean' ? undefined : remote),
    ...(isFrozen && { frozen: frozenBecause(former) }),
    update: values.updateRemote === true && former === undefined,
  });
}

function frozenBecause(former: Former | undefined): string {
  if (former) return `it is not in the ${LOCK_FILE} of ${former.name}`;
  return `it is not in ${LOCK_FILE}, which is taken as it is in CI; run \`chirograph validate --remote\` elsewhere and commit the file`;
}
