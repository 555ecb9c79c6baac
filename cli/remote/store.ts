import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CACHE } from '../generate/cache.ts';
import { integrityOf } from './lock-file.ts';

/** What was fetched, by content. What is found there is what it should be, or it is not found. */
export interface Store {
  readonly get: (integrity: string) => string | undefined;
  readonly put: (integrity: string, text: string) => void;
}

/** A store in the workspace's cache; `rm -r` is always safe. */
export function storeIn(root: string): Store {
  const folder = join(root, CACHE, 'remote');
  const fileOf = (integrity: string) =>
    join(folder, Buffer.from(integrity.slice(7), 'base64').toString('hex'));
  return {
    get(integrity) {
      try {
        const content = readFileSync(fileOf(integrity));
        return integrityOf(content) === integrity ? content.toString('utf8') : undefined;
      } catch {
        return undefined;
      }
    },
    // By way of another file, so that a run that is killed leaves no half of one.
    put(integrity, text) {
      mkdirSync(folder, { recursive: true });
      const draft = `${fileOf(integrity)}.${process.pid}`;
      writeFileSync(draft, text);
      renameSync(draft, fileOf(integrity));
    },
  };
}
