import { runGit } from '@chirograph/contract/load';

/** The way from the root of the git repository to a folder, `contracts/` for instance; empty at the root or outside one. */
export function repositoryPrefix(folder: string): string {
  const { status, stdout } = runGit(folder, ['rev-parse', '--show-prefix']);
  return status === 0 ? stdout.toString('utf8').trimEnd() : '';
}

/** Whether git knows a commit by this name. */
export function isRevision(folder: string, name: string): boolean {
  return (
    runGit(folder, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`]).status === 0
  );
}

/** Whether the history of the repository was cut off when it was cloned. */
export function isShallow(folder: string): boolean {
  return textOf(folder, ['rev-parse', '--is-shallow-repository']) === 'true';
}

/**
 * The files of a revision that say that they are AsyncAPI documents, wherever they are; from the root of the repository.
 */
export function documentsIn(folder: string, revision: string): string[] {
  const top = textOf(folder, ['rev-parse', '--show-toplevel']) || folder;
  const pattern = `(^|[{,])[[:space:]]*["']?asyncapi["']?[[:space:]]*:`;
  const args = ['grep', '-l', '-z', '-I', '-E', '-e', pattern, revision, '--', '*.yaml', '*.yml', '*.json'];
  const { status, stdout } = runGit(top, args);
  if (status !== 0) return [];
  return stdout
    .toString('utf8')
    .split('\0')
    .flatMap((it) => (it.startsWith(`${revision}:`) ? [it.slice(revision.length + 1)] : []));
}

/** What to run so that git knows a revision: it looks for what a clone may have left out. */
export function fetchAdvice(folder: string, revision: string, tags: string): string | undefined {
  const remotes = textOf(folder, ['remote']).split('\n').filter(Boolean);
  const [first] = remotes.includes('origin') ? ['origin'] : remotes;
  if (first === undefined) return undefined;
  const [, name = '', steps = ''] = /^(.*?)((?:[~^]\d*)*)$/.exec(revision) ?? [];
  const back = stepsOf(steps);
  const isCut = isShallow(folder);
  const depth = isCut ? ` --depth=${back + 1}` : '';
  if (name === 'HEAD' || name === '@') return isCut ? `git fetch --deepen=${back} ${first}` : undefined;
  if (/^[0-9a-f]{7,64}$/.test(name) || /[@:{ ]/.test(name))
    return isCut ? `git fetch --unshallow ${first}` : `git fetch ${first}`;
  const remote = remotes.find((it) => name.startsWith(`${it}/`));
  if (remote !== undefined) {
    const branch = name.slice(remote.length + 1);
    return `git fetch${depth} ${remote} +refs/heads/${branch}:refs/remotes/${remote}/${branch}`;
  }
  if (name.startsWith('refs/')) return `git fetch${depth} ${first} +${name}:${name}`;
  const isTag = /^v?\d+(\.|$)/.test(name) || matches(tags, name);
  if (isTag) return `git fetch${depth} ${first} +refs/tags/${name}:refs/tags/${name}`;
  return `git fetch${depth} ${first} +refs/heads/${name}:refs/heads/${name}`;
}

/** `~3^` is four generations back. */
function stepsOf(steps: string): number {
  return [...steps.matchAll(/([~^])(\d*)/g)].reduce(
    (sum, [, sign, n]) => sum + (sign === '^' ? 1 : Number(n === '' ? 1 : n)),
    0,
  );
}

function matches(glob: string, name: string): boolean {
  const text = glob
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${text}$`).test(name);
}

function textOf(folder: string, args: readonly string[]): string {
  const { status, stdout } = runGit(folder, args);
  return status === 0 ? stdout.toString('utf8').trim() : '';
}
