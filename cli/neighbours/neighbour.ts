/**
 * Neighbours: contracts of other repositories, which are read and never written, so that it is known who reads what is sent
 * here, and who sends what is read. What each of them holds is pinned beside what URLs hold.
 */
import { createHash } from 'node:crypto';

/** A neighbour as the config names it, with what it leaves out filled in. */
export type Neighbour = { readonly name: string } & (
  | { readonly kind: 'folder'; readonly from: string }
  | { readonly kind: 'git'; readonly git: string; readonly ref: string; readonly path: string }
);

/** What the config says of a neighbour. */
export type NeighbourConfig = { readonly name?: string } & (
  | { readonly from: string }
  | { readonly git: string; readonly ref?: string; readonly path?: string }
);

/** The contracts of a neighbour by their paths, from the folder or from the root of its repository, sorted. */
export type NeighbourFiles = ReadonlyMap<string, string>;

export function neighbourOf(config: NeighbourConfig): Neighbour {
  if ('from' in config) {
    const from = trimmed(config.from);
    return { kind: 'folder', from, name: config.name ?? lastOf(from) };
  }
  const { git, ref = 'HEAD', path = '.' } = config;
  return { kind: 'git', git, ref, path: trimmed(path) || '.', name: config.name ?? lastOf(git) };
}

/** What a neighbour is pinned under. */
export function keyOf(neighbour: Neighbour): string {
  return neighbour.kind === 'folder' ? neighbour.from : `${neighbour.git}#${neighbour.ref}:${neighbour.path}`;
}

/** The folder that the contracts of a neighbour seem to stand in: where they do, or one of its name. */
export function folderOf(neighbour: Neighbour): string {
  return neighbour.kind === 'folder' ? neighbour.from : `neighbours/${neighbour.name}`;
}

/** SHA-256 of the paths and the contents of all files. */
export function integrityOfFiles(files: NeighbourFiles): string {
  const hash = createHash('sha256');
  for (const [path, text] of [...files].sort(([a], [b]) => (a < b ? -1 : 1)))
    hash.update(`${path}\0${createHash('sha256').update(text).digest('hex')}\n`);
  return `sha256-${hash.digest('base64')}`;
}

function trimmed(path: string): string {
  return path
    .replaceAll('\\', '/')
    .replace(/^(\.\/)+/, '')
    .replace(/\/+$/, '');
}

function lastOf(path: string): string {
  return (
    path
      .replace(/\/+$/, '')
      .split(/[/:]/)
      .at(-1)
      ?.replace(/\.git$/, '') || 'neighbour'
  );
}

/** Whether a file is a neighbour's: nothing is said of it, and nothing generated from it. */
export function isOfNeighbour(
  { neighbours }: { readonly neighbours: readonly Neighbour[] },
  file: string,
): boolean {
  return neighbours.some((it) => file === folderOf(it) || file.startsWith(`${folderOf(it)}/`));
}
