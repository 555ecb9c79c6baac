import { posix } from 'node:path';
import { type GitFile, type GitHole, listFiles } from './git-tree.ts';
import { BOUND, isDocument, MAX_BYTES, type Reader } from './reader.ts';
import { gitReason, runGit } from './run-git.ts';

/** A workspace in a git revision, or why there is none. */
export type GitReading =
  | { readonly kind: 'reader'; readonly reader: Reader }
  | { readonly kind: 'failed'; readonly reason: string };

/**
 * Reads the files below some paths as they were in a revision, without a checkout: a few git processes, whatever the
 * number of files. What references lead to besides is read when it is asked for.
 * @param root a folder within the repository; file names are relative to it
 * @param revision anything that names a commit: a branch, a tag, `HEAD~1`
 */
export function gitReader(root: string, revision: string, paths: readonly string[]): GitReading {
  const commit = runGit(root, [
    'rev-parse',
    '--verify',
    '--quiet',
    '--end-of-options',
    `${revision}^{commit}`,
  ]);
  if (commit.status !== 0) return { kind: 'failed', reason: unknownRevision(root, revision) };
  const hash = commit.stdout.toString('utf8').trim();
  const [top, prefix] = placeOf(root);
  const contents = new Map<string, Content>();
  const inTop = (file: string) => posix.join(prefix, file);
  const fromTop = (path: string) => posix.relative(prefix === '' ? '.' : prefix, path);
  const listings = paths.map((path) => listFiles(top, hash, inTop(path).replace(/^\.$|\/$/, '')));
  const named = new Set(paths.map(inTop));
  const files = listings.flatMap((it) => it.files).filter(({ path }) => isDocument(path) || named.has(path));
  for (const [path, content] of readAll(files)) contents.set(path, content);
  const holes: readonly GitHole[] = [
    ...listings.flatMap((it) => it.holes),
    ...[...contents].flatMap(([path, it]) => ('reason' in it ? [{ path, reason: it.reason }] : [])),
  ];
  return {
    kind: 'reader',
    reader: {
      entries: [...contents].flatMap(([path, it]) => ('text' in it ? [fromTop(path)] : [])).sort(),
      unreadable: holes.map(({ path, reason }) => ({ file: fromTop(path), reason })),
      read(file) {
        const path = inTop(file);
        const known = contents.get(path) ?? readLater(top, hash, path);
        if (known) contents.set(path, known);
        if (known && 'reason' in known) throw new Error(known.reason);
        return known?.text;
      },
    },
  };
}

/** The root of the repository, and the way from there to a folder: `contracts/`, or nothing. */
function placeOf(root: string): readonly [top: string, prefix: string] {
  const { status, stdout } = runGit(root, ['rev-parse', '--show-toplevel', '--show-prefix']);
  const [top = root, prefix = ''] = status === 0 ? stdout.toString('utf8').split('\n') : [];
  return [top || root, prefix];
}

/** The text of a file, or why it cannot be read. */
type Content = { readonly text: string } | { readonly reason: string };

function readLater(top: string, commit: string, path: string): Content | undefined {
  if (path.startsWith('../') || path.includes('\n')) return undefined;
  const { files, holes } = listFiles(top, commit, path);
  const [hole] = holes;
  if (hole) return { reason: hole.reason };
  return readAll(files.filter((it) => it.path === path)).get(path);
}

/** By path. A repository is asked once, whatever the number of its files. */
function readAll(files: readonly GitFile[]): Map<string, Content> {
  const contents = new Map<string, Content>();
  for (const [folder, own] of Map.groupBy(files, (it) => it.folder)) {
    const blobs = readBlobs(
      folder,
      own.map(({ object }) => object),
    );
    for (const [index, { path }] of own.entries())
      contents.set(path, blobs[index] ?? { reason: 'git does not have it' });
  }
  return contents;
}

/** `git cat-file --batch` answers each hash with `<hash> blob <bytes>\n<content>\n`, or `<hash> missing\n`. */
function readBlobs(folder: string, hashes: readonly string[]): Content[] {
  if (hashes.length === 0) return [];
  const answer = runGit(folder, ['cat-file', '--batch'], hashes.map((it) => `${it}\n`).join(''));
  const { stdout } = answer;
  const contents: Content[] = [];
  let at = 0;
  while (contents.length < hashes.length) {
    const headerEnd = stdout.indexOf(10, at);
    const header = headerEnd < 0 ? '' : stdout.subarray(at, headerEnd).toString('latin1');
    const [, bytes] = /^[0-9a-f]+ blob (\d+)$/.exec(header) ?? [];
    if (bytes === undefined) {
      contents.push({ reason: answer.status === 0 ? 'git does not have its content' : gitReason(answer) });
      if (headerEnd < 0) break;
      at = headerEnd + 1;
      continue;
    }
    const end = headerEnd + 1 + Number(bytes);
    contents.push(contentOf(stdout.subarray(headerEnd + 1, end)));
    at = end + 1;
  }
  return contents;
}

function contentOf(bytes: Buffer): Content {
  if (bytes.length > MAX_BYTES) return { reason: `it has ${Math.round(bytes.length / 1e6)} MB; ${BOUND}` };
  const text = bytes.toString('utf8');
  // In a checkout the file is there; in the repository only what it is called elsewhere.
  if (text.startsWith('version https://git-lfs.github.com/spec/'))
    return { reason: 'it is kept in Git LFS, which is not read' };
  return { text };
}

function unknownRevision(root: string, revision: string): string {
  const repository = runGit(root, ['rev-parse', '--is-inside-work-tree']);
  if (repository.error) return gitReason(repository);
  if (repository.status !== 0) {
    const reason = gitReason(repository);
    return /not a git repository/i.test(reason) ? `${root} is not in a git repository` : reason;
  }
  return `git knows no revision \`${revision}\``;
}
