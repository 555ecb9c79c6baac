import { existsSync, type FSWatcher, readdirSync, statSync, watch } from 'node:fs';
import { join, sep } from 'node:path';

/** What is never looked into for contracts. */
const SKIPPED = /^(\.|node_modules$)/;

/** What is being watched, until it is closed. */
export interface Watching {
  close(): void;
}

/**
 * Tells of every change below a folder, by the name of what changed, until it is closed. Each folder has a watch of its
 * own: Node's recursive one hears nothing more, on Linux, of a file that another was put in the place of, and that is how
 * most editors and git save.
 */
export function watchTree(
  root: string,
  changed: (name: string | null) => void,
  failed: (error: Error) => void,
): Watching {
  const watchers = new Map<string, FSWatcher>();

  function add(folder: string): void {
    if (watchers.has(folder)) return;
    const watcher = watch(folder, (event, name) => {
      const path = name === null ? folder : join(folder, name);
      if (event === 'rename' && path !== folder && !SKIPPED.test(name ?? '')) moved(path);
      changed(name);
    });
    watchers.set(folder, watcher.on('error', failed));
    // After the watch began, so that no folder comes between the two.
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      if (entry.isDirectory() && !SKIPPED.test(entry.name)) add(join(folder, entry.name));
    }
  }

  /** Something came, went, or was put in the place of another: what was a folder there is one no more, or is another. */
  function moved(path: string): void {
    const held = [...watchers.keys()].filter((it) => it === path || it.startsWith(path + sep));
    for (const folder of held) {
      watchers.get(folder)?.close();
      watchers.delete(folder);
    }
    const isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
    if (isFolder) addIfStillThere(path);
    // A folder that comes or goes takes documents with it.
    if (isFolder || held.length > 0) changed(null);
  }

  function addIfStillThere(folder: string): void {
    try {
      add(folder);
    } catch (error) {
      if (existsSync(folder)) failed(error instanceof Error ? error : new Error(String(error)));
    }
  }

  add(root);
  return {
    close() {
      for (const watcher of watchers.values()) watcher.close();
    },
  };
}
