import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import manifest from '../package.json' with { type: 'json' };

/**
 * Incremental generation: what a result was made from, so that it need not be made again. Everything here can be deleted
 * at any time; what is generated stays the same, it only takes longer.
 */

/** SHA-256, in hexadecimal. */
export function hashOf(...texts: readonly string[]): string {
  const hash = createHash('sha256');
  for (const text of texts) hash.update(`${text.length}\n`).update(text);
  return hash.digest('hex');
}

/** The text of a file, undefined where there is none. */
export function textAt(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

/** What the tool itself is: its version, and the state of its files, which change under those who work on it. */
export function toolFingerprint(): string {
  return hashOf(manifest.version, process.version, ...toolFolders().flatMap(statesOf));
}

/** The folders of all code that decides what a contract means and what is generated from it. */
export function toolFolders(): string[] {
  return [
    dirname(dirname(fileURLToPath(import.meta.url))),
    ...folderOf('@chirograph/generators'),
    ...folderOf('@chirograph/contract/load').map(dirname),
    ...folderOf('@chirograph/schema'),
    // By which samples are tried before they are printed.
    ...folderOf('@chirograph/runtime/samples').map(dirname),
  ];
}

/** The folder of an entry of a package; none in the published command, which holds the package within itself. */
function folderOf(entry: string): string[] {
  try {
    return [dirname(fileURLToPath(import.meta.resolve(entry)))];
  } catch {
    return [];
  }
}

function statesOf(folder: string): string[] {
  return (
    readdirSync(folder, { withFileTypes: true, recursive: true })
      .filter((it) => it.isFile() && /\.(ts|js|json)$/.test(it.name))
      // Not those of others below it; it may itself stand in a `node_modules`.
      .filter((it) => !it.parentPath.slice(folder.length).includes('node_modules'))
      .map((it) => {
        const file = join(it.parentPath, it.name);
        const { mtimeMs, size } = statSync(file);
        return `${file} ${mtimeMs} ${size}`;
      })
      .sort()
  );
}
