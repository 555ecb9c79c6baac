import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { MANIFEST, manifestOf, type Plan } from './plan.ts';

/**
 * Carries out a plan as a whole or not at all. All new text is written beside the output first; only then are files
 * moved, the former ones aside, the new ones into place. When one cannot be moved, all go back to where they were.
 */
export function applyPlan(folder: string, plan: Plan): void {
  const manifest = manifestOf(plan);
  if (plan.changes.length === 0 && textOf(join(folder, MANIFEST)) === manifest) return;
  mkdirSync(folder, { recursive: true });
  const staging = mkdtempSync(join(folder, '.chirograph-'));
  const undo: (() => void)[] = [];
  try {
    const created = plan.changes.flatMap((it) => (it.kind === 'delete' ? [] : [it]));
    const texts = [...created, { path: MANIFEST, text: manifest }];
    for (const { path, text } of texts) write(join(staging, 'new', path), text);
    for (const { path } of [...plan.changes, { path: MANIFEST }]) {
      if (existsSync(join(folder, path))) move(join(folder, path), join(staging, 'former', path), undo);
    }
    for (const { path } of texts) move(join(staging, 'new', path), join(folder, path), undo);
  } catch (error) {
    for (const step of undo.reverse()) step();
    throw error;
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
  for (const { kind, path } of plan.changes) if (kind === 'delete') removeEmptyFolders(folder, path);
}

function write(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

function move(from: string, to: string, undo: (() => void)[]): void {
  mkdirSync(dirname(to), { recursive: true });
  renameSync(from, to);
  undo.push(() => renameSync(to, from));
}

/** The folders that a file leaves behind with nothing in them. */
export function removeEmptyFolders(root: string, path: string): void {
  for (let folder = dirname(path); folder !== '.'; folder = dirname(folder)) {
    if (!existsSync(join(root, folder)) || readdirSync(join(root, folder)).length > 0) return;
    rmdirSync(join(root, folder));
  }
}

function textOf(file: string): string | undefined {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}
