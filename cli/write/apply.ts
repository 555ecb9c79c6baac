import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { MANIFEST, manifestOf, type Plan, type WantedFile } from './plan.ts';

/**
 * Carries out a plan. All new text is written beside the output first and only then moved into place, so that a full
 * disk or a missing permission leaves the former output as it was.
 */
export function applyPlan(folder: string, plan: Plan, wanted: readonly WantedFile[]): void {
  mkdirSync(folder, { recursive: true });
  const staging = mkdtempSync(join(folder, '.chirograph-'));
  try {
    const texts = plan.changes.flatMap((change) => (change.kind === 'delete' ? [] : [change]));
    const staged = [...texts, { path: MANIFEST, text: manifestOf(wanted) }].map(({ path, text }) => {
      const file = join(staging, path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
      return { from: file, to: join(folder, path) };
    });
    for (const { from, to } of staged) {
      mkdirSync(dirname(to), { recursive: true });
      renameSync(from, to);
    }
    for (const { kind, path } of plan.changes) if (kind === 'delete') removeFile(folder, path);
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}

/** Removes a file and the folders that it leaves empty. */
function removeFile(root: string, path: string): void {
  rmSync(join(root, path), { force: true });
  for (let folder = dirname(path); folder !== '.'; folder = dirname(folder)) {
    if (readdirSync(join(root, folder)).length > 0) return;
    rmdirSync(join(root, folder));
  }
}
