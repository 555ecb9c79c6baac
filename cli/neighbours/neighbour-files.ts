/**
 * Neighbours: contracts of other repositories, which are read and never written, so that it is known who reads what is sent
 * here, and who sends what is read. What each of them holds is pinned beside what URLs hold.
 */
import { createHash } from 'node:crypto';

/** The contracts of a neighbour by their paths, from the folder or from the root of its repository, sorted. */
export type NeighbourFiles = ReadonlyMap<string, string>;

/** SHA-256 of the paths and the contents of all files. */
export function integrityOfFiles(files: NeighbourFiles): string {
  const hash = createHash('sha256');
  for (const [path, text] of [...files].sort(([a], [b]) => (a < b ? -1 : 1)))
    hash.update(`${path}\0${createHash('sha256').update(text).digest('hex')}\n`);
  return `sha256-${hash.digest('base64')}`;
}
