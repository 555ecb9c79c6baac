import { watch } from 'node:fs/promises';
import { join } from 'node:path';
import type { Settings } from '../config/read-config.ts';

/** Says whenever something below the folders of the contracts has changed, once for what changes together. */
export async function* changesOf({ root, specs }: Settings, signal?: AbortSignal): AsyncGenerator<void> {
  let wake = (): void => {};
  let changed = false;
  let watching = true;
  const watchers = specs.map(async (path) => {
    for await (const _ of watch(join(root, path), { recursive: true, ...(signal && { signal }) })) {
      changed = true;
      wake();
    }
  });
  // A watcher ends by being aborted, and then all of them do.
  void Promise.allSettled(watchers).then(() => {
    watching = false;
    wake();
  });
  while (watching) {
    if (!changed) await new Promise<void>((resolve) => (wake = resolve));
    // Editors write a file in several steps; what belongs together follows within the blink of an eye.
    await new Promise((resolve) => setTimeout(resolve, SETTLE));
    if (!changed) continue;
    changed = false;
    yield;
  }
}

const SETTLE = 30;
