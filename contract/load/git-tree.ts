import { posix } from 'node:path';
import { runGit } from './run-git.ts';

/** A file of a revision: where its content is. */
export interface GitFile {
  /** From the root of the repository. */
  readonly path: string;
  /** The repository that has it: that of a submodule, where it is in one. */
  readonly folder: string;
  /** What `git cat-file --batch` takes for it. */
  readonly object: string;
}

/** What is not there, though the revision names it. */
export interface GitHole {
  readonly path: string;
  readonly reason: string;
}

export interface GitListing {
  readonly files: readonly GitFile[];
  readonly holes: readonly GitHole[];
}

/** A commit in a repository, and the folder that its files are below. */
interface Tree {
  readonly folder: string;
  readonly commit: string;
  /** Where the tree is, from the root of the repository that was asked first; empty, or with a slash at its end. */
  readonly at: string;
}

/**
 * The files below a path of a commit, as a checkout would show them: symbolic links are followed, and submodules are read
 * from their own repositories.
 * @param top the root of the repository
 * @param path from there; empty for everything
 */
export function listFiles(top: string, commit: string, path: string): GitListing {
  return listTree({ folder: top, commit, at: '' }, path);
}

function listTree(tree: Tree, path: string): GitListing {
  const [found = { kind: 'missing' as const }] = look(tree.folder, [`${tree.commit}:${path}`]);
  switch (found.kind) {
    case 'tree':
      return listFolder(tree, path, found.hash);
    case 'blob':
      return { files: [{ path: `${tree.at}${path}`, folder: tree.folder, object: found.hash }], holes: [] };
    case 'link':
      return { files: [], holes: [{ path: `${tree.at}${path}`, reason: found.reason }] };
    case 'missing':
      return listSubmodule(tree, path);
  }
}

/** `git ls-tree` names the mode of each entry: 120000 is a symbolic link, 160000 a submodule. */
function listFolder(tree: Tree, path: string, hash: string): GitListing {
  const rows = entriesOf(tree.folder, [hash]);
  const inner = (name: string) => (path === '' ? name : `${path}/${name}`);
  const plain = rows.flatMap(({ mode, object, name }) =>
    /^100/.test(mode) ? [{ path: `${tree.at}${inner(name)}`, folder: tree.folder, object }] : [],
  );
  const links = rows.filter(({ mode, name }) => mode === '120000' && /\.(ya?ml|json)$/.test(name));
  const targets = look(
    tree.folder,
    links.map(({ name }) => `${tree.commit}:${inner(name)}`),
  );
  const followed = links.map(({ name }, index): GitListing => {
    const target = targets[index] ?? { kind: 'missing' };
    const at = `${tree.at}${inner(name)}`;
    if (target.kind === 'blob')
      return { files: [{ path: at, folder: tree.folder, object: target.hash }], holes: [] };
    const reason = target.kind === 'link' ? target.reason : 'it is a symbolic link, and not to a file';
    return { files: [], holes: [{ path: at, reason }] };
  });
  const modules = rows.filter(({ mode }) => mode === '160000');
  return together([
    { files: plain, holes: [] },
    ...followed,
    ...modules.map(({ object, name }) => intoSubmodule(tree, inner(name), object, '')),
  ]);
}

/** A path that the commit itself has not: it may lead into a submodule. */
function listSubmodule(tree: Tree, path: string): GitListing {
  const parts = path === '' ? [] : path.split('/');
  const ancestors = parts.map((_, index) => parts.slice(0, index + 1).join('/'));
  const rows = ancestors.length > 0 ? entriesOf(tree.folder, [tree.commit, '--', ...ancestors], false) : [];
  const module = rows.find(({ mode }) => mode === '160000');
  if (!module) return { files: [], holes: [] };
  return intoSubmodule(tree, module.name, module.object, path.slice(module.name.length + 1));
}

function intoSubmodule({ folder, at }: Tree, module: string, commit: string, rest: string): GitListing {
  const inside = posix.join(folder, module);
  const isIt = runGit(inside, ['rev-parse', '--show-prefix']).stdout?.toString('utf8') === '\n';
  if (!isIt || runGit(inside, ['cat-file', '-e', `${commit}^{commit}`]).status !== 0) {
    const reason = `it is a submodule, and its commit ${commit.slice(0, 8)} is not here; fetch it: git submodule update --init`;
    return { files: [], holes: [{ path: `${at}${module}`, reason }] };
  }
  return listTree({ folder: inside, commit, at: `${at}${module}/` }, rest);
}

interface Entry {
  readonly mode: string;
  readonly object: string;
  readonly name: string;
}

function entriesOf(folder: string, tree: readonly string[], isDeep = true): Entry[] {
  const args = ['ls-tree', '-z', '--full-tree', ...(isDeep ? ['-r'] : []), ...tree];
  return runGit(folder, args)
    .stdout.toString('utf8')
    .split('\0')
    .flatMap((row) => {
      const [, mode, object, name] = /^(\d+) \w+ ([0-9a-f]+)\t(.*)$/s.exec(row) ?? [];
      return mode && object && name ? [{ mode, object, name }] : [];
    });
}

/** What a path of a commit comes to, once symbolic links have been followed. */
type Found =
  | { readonly kind: 'tree' | 'blob'; readonly hash: string }
  | { readonly kind: 'link'; readonly reason: string }
  | { readonly kind: 'missing' };

const LINKS: Readonly<Record<string, string>> = {
  symlink: 'it is a symbolic link that leads out of the repository',
  dangling: 'it is a dangling symbolic link',
  loop: 'it is a symbolic link that leads back to itself',
  notdir: 'it is a symbolic link through a file',
};

/** `git cat-file --batch-check --follow-symlinks` answers `<hash> <kind> <bytes>`, or `<trouble> <bytes>` and a line. */
function look(folder: string, objects: readonly string[]): Found[] {
  if (objects.length === 0) return [];
  const answer = runGit(
    folder,
    ['cat-file', '--batch-check', '--follow-symlinks'],
    objects.map((it) => `${it}\n`).join(''),
  );
  const lines = answer.stdout.toString('utf8').split('\n');
  const found: Found[] = [];
  for (let at = 0; at < lines.length && found.length < objects.length; at += 1) {
    const line = lines[at] ?? '';
    const [, hash, kind] = /^([0-9a-f]{40,64}) (blob|tree) \d+$/.exec(line) ?? [];
    const [, trouble] = /^(symlink|dangling|loop|notdir) \d+$/.exec(line) ?? [];
    if (hash && (kind === 'blob' || kind === 'tree')) found.push({ kind, hash });
    else if (trouble) {
      found.push({ kind: 'link', reason: LINKS[trouble] ?? trouble });
      at += 1;
    } else found.push({ kind: 'missing' });
  }
  return found;
}

function together(listings: readonly GitListing[]): GitListing {
  return {
    files: listings.flatMap(({ files }) => files),
    holes: listings.flatMap(({ holes }) => holes),
  };
}
