import { existsSync, statSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { folderReader, gitReader, type Reader } from '@chirograph/contract/load';
import type { Settings } from '../config/read-config.ts';
import { Failure } from '../exit.ts';
import type { Base } from './base.ts';
import { archiveReader, movedReader } from './moved-reader.ts';
import { readTar } from './tar.ts';

/**
 * Opens what `--against` names: a folder or a tar archive on disk, a git revision, or a folder in one (`main:specs`). What
 * exists on disk comes first.
 */
export function openBase(settings: Settings, cwd: string, against: string): Base {
  const path = resolve(cwd, against);
  if (existsSync(path)) {
    return {
      name: against,
      reader: statSync(path).isDirectory() ? folderBase(settings, path) : tarBase(settings, path, against),
    };
  }
  const colon = against.indexOf(':');
  const revision = colon < 0 ? against : against.slice(0, colon);
  const folder = colon < 0 ? undefined : against.slice(colon + 1).replace(/\/+$/, '');
  const paths = folder === undefined ? settings.specs : [folder];
  const reading = gitReader(settings.root, revision, paths);
  if (reading.kind === 'failed') throw notFound(against, reading.reason);
  const home = settings.specs[0];
  const reader = folder && home ? movedReader(reading.reader, folder, home) : reading.reader;
  return { name: revision, reader };
}

function notFound(against: string, reason: string): Failure {
  return new Failure(
    `cannot compare with \`${against}\`: ${reason}`,
    'A base is a git revision (main, HEAD~1, v1.2.0, origin/main:specs), a folder, or a tar archive.',
  );
}

/** A folder holds the workspace (`specs` within it) or the contracts themselves. */
function folderBase(settings: Settings, folder: string): Reader {
  const inside = settings.specs.filter((path) => existsSync(join(folder, path)));
  if (inside.length > 0) return folderReader(folder, inside);
  const home = settings.specs[0] ?? 'specs';
  return movedReader(folderReader(folder, ['.']), '', home);
}

function tarBase(settings: Settings, file: string, against: string): Reader {
  const files = readTar(file);
  if (files === undefined) throw notFound(against, 'it is neither a folder nor a tar archive');
  return archiveReader(files, settings.specs);
}

/** A path relative to the root, as readers name files. */
export function nameOf(root: string, path: string): string {
  return relative(root, path).split(sep).join('/');
}
