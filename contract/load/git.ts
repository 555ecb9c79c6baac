import { spawnSync } from 'node:child_process';
import { isDocument, type Reader } from './reader.ts';

/** A workspace in a git revision, or why there is none. */
export type GitReading =
  | { readonly kind: 'reader'; readonly reader: Reader }
  | { readonly kind: 'failed'; readonly reason: string };

/**
 * Reads the files below some paths as they were in a revision, without a checkout: two git processes, whatever the
 * number of files.
 * @param root a folder within the repository; file names are relative to it
 * @param revision anything that names a commit: a branch, a tag, `HEAD~1`
 */
export function gitReader(root: string, revision: string, paths: readonly string[]): GitReading {
  const commit = git(root, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`]);
  if (commit.status !== 0) return { kind: 'failed', reason: unknownRevision(root, revision) };

  const listing = git(root, ['ls-tree', '-r', '-z', commit.stdout.toString('utf8').trim(), '--', ...paths]);
  if (listing.status !== 0) return { kind: 'failed', reason: listing.stderr.toString('utf8').trim() };
  const blobs = listing.stdout
    .toString('utf8')
    .split('\0')
    .flatMap((row) => {
      const [, hash, file] = /^\d+ blob ([0-9a-f]+)\t(.*)$/s.exec(row) ?? [];
      return hash && file && isDocument(file) ? [{ hash, file }] : [];
    });

  const texts = readBlobs(root, blobs);
  return { kind: 'reader', reader: { entries: [...texts.keys()].sort(), read: (file) => texts.get(file) } };
}

/** `git cat-file --batch` answers each hash with `<hash> blob <bytes>\n<content>\n`. */
function readBlobs(root: string, blobs: readonly { hash: string; file: string }[]): Map<string, string> {
  const { stdout } = git(root, ['cat-file', '--batch'], blobs.map(({ hash }) => `${hash}\n`).join(''));
  const texts = new Map<string, string>();
  let at = 0;
  for (const { file } of blobs) {
    const headerEnd = stdout.indexOf(10, at);
    const bytes = Number(stdout.subarray(at, headerEnd).toString('latin1').split(' ')[2]);
    texts.set(file, stdout.subarray(headerEnd + 1, headerEnd + 1 + bytes).toString('utf8'));
    at = headerEnd + 1 + bytes + 1;
  }
  return texts;
}

function unknownRevision(root: string, revision: string): string {
  const repository = git(root, ['rev-parse', '--is-shallow-repository']);
  if (repository.error) return 'git is not installed';
  if (repository.status !== 0) return `${root} is not in a git repository`;
  const shallow = repository.stdout.toString('utf8').trim() === 'true';
  return shallow
    ? `this clone is shallow and has no revision \`${revision}\`; fetch it first: git fetch --depth=1 origin ${revision}`
    : `git knows no revision \`${revision}\``;
}

function git(root: string, args: readonly string[], input = '') {
  return spawnSync('git', args, { cwd: root, input, maxBuffer: 1 << 30 });
}
