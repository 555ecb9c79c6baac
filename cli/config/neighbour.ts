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

/** The neighbour that a file belongs to. Nothing is said of it, and nothing generated for it. */
export function neighbourOfFile(
  { neighbours }: { readonly neighbours: readonly Neighbour[] },
  file: string,
): Neighbour | undefined {
  return neighbours.find((it) => file === folderOf(it) || file.startsWith(`${folderOf(it)}/`));
}

export function isOfNeighbour(
  settings: { readonly neighbours: readonly Neighbour[] },
  file: string,
): boolean {
  return neighbourOfFile(settings, file) !== undefined;
}
