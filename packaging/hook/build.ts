import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { bundle } from '../bundle.ts';
import { packageOf, readManifest, workspacesOf } from '../workspaces.ts';

/**
 * Builds the command as one who installs this repository gets it, which is what pre-commit does: `dist/hook` holds all
 * packages of ours as JavaScript, since Node reads no TypeScript that was installed. npm runs it when it has installed the
 * packages of the repository (`dependencies` in package.json).
 */
const root = join(import.meta.dirname, '../..');
const target = join(root, 'dist/hook');
rmSync(target, { recursive: true, force: true });
const workspaces = workspacesOf(root);
await bundle(join(root, 'cli'), target, { ...readManifest(join(root, 'cli')), exports: {} }, (id) =>
  workspaces.has(packageOf(id)),
);
mkdirSync(join(target, 'lib/structure'), { recursive: true });
cpSync(join(root, 'contract/structure/tables'), join(target, 'lib/structure/tables'), {
  recursive: true,
  filter: (file) => !file.endsWith('.ts'),
});
for (const pages of ['diagnostics', 'compat'])
  cpSync(join(root, 'docs', pages), join(target, 'lib/docs', pages), { recursive: true });
