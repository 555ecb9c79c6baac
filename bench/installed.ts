import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';

const REPO = join(import.meta.dirname, '..');

/** The command as it stands in the repository: TypeScript, a file a module. */
export const SOURCE = join(REPO, 'cli/bin/chirograph.js');

/**
 * Builds the packages and puts them below a folder as npm would: what users run, and the figure that counts.
 * @returns the path of the command
 */
export function install(folder: string): string {
  const { status, stderr } = spawnSync(process.execPath, [join(REPO, 'packaging/build.ts')], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`the packages could not be built:\n${stderr}`);
  const modules = join(folder, 'node_modules');
  const packages = readdirSync(join(REPO, 'dist')).map((it) => join(REPO, 'dist', it));
  for (const from of packages) {
    const { name } = JSON.parse(readFileSync(join(from, 'package.json'), 'utf8')) as { name: string };
    cpSync(from, join(modules, name), { recursive: true });
  }
  for (const name of readdirSync(join(REPO, 'node_modules'))) {
    if (name.startsWith('.') || name === '@chirograph' || name === 'chirograph') continue;
    const to = join(modules, name);
    mkdirSync(dirname(to), { recursive: true });
    symlinkSync(join(REPO, 'node_modules', name), to);
  }
  const command = join(modules, 'chirograph');
  const { bin } = JSON.parse(readFileSync(join(command, 'package.json'), 'utf8'));
  return join(command, bin.chirograph);
}
