import type { Base } from '../base/base.ts';
import type { Values } from '../commands/command.ts';
import type { Settings } from '../config/read-config.ts';
import type { Io } from '../terminal/io.ts';
import { allowing } from './allowed.ts';
import { LOCK_FILE, readLock } from './lock-file.ts';
import { type RemoteSource, remoteSource } from './remote-source.ts';
import { storeIn } from './store.ts';

/**
 * What lies on the network, for a run in a workspace.
 * @param base a former state, which is read as it was then; the lock of today stands for one that it has not
 */
export function sourceFor(settings: Settings, values: Values, io: Io, base?: Base): RemoteSource {
  const { root, remote } = settings;
  const lock = base?.lock() ?? readLock(root);
  const inCi = io.env.CI !== undefined && io.env.CI !== '' && io.env.CI !== 'false';
  const isFrozen = lock !== undefined && (base !== undefined || inCi) && values.updateRemote !== true;
  return remoteSource({
    lock: lock ?? {},
    store: storeIn(root),
    isAllowed: allowing(typeof remote === 'boolean' ? undefined : remote),
    ...(isFrozen && { frozen: frozenBecause(base) }),
    update: values.updateRemote === true && base === undefined,
  });
}

function frozenBecause(base: Base | undefined): string {
  if (base) return `it is not in the ${LOCK_FILE} of ${base.name}`;
  return `it is not in ${LOCK_FILE}, which is taken as it is in CI; run \`chirograph validate --remote\` elsewhere and commit the file`;
}
