import { join } from 'node:path';
import { rolldown } from 'rolldown';
import type { Manifest } from './workspaces.ts';

/**
 * Writes a package's JavaScript below `lib`: one file an entry, under the name that the entry has in the repository, and
 * below `lib/chunks` what entries share or load when they need it. A process from the shell spends more time on finding
 * files than on what most of them hold: `validate` would read 140, and reads some 30. Packages that `isInternal` names go
 * into the bundle; all others stay imports.
 */
export async function bundle(
  source: string,
  target: string,
  { exports, bin = {} }: Manifest,
  isInternal: (id: string) => boolean,
): Promise<void> {
  const files = [...Object.values(exports), ...Object.values(bin)];
  const build = await rolldown({
    input: Object.fromEntries(files.map((file) => [stem(file), join(source, file)])),
    platform: 'node',
    // Helpers of the compiler are its own, and go into the bundle.
    external: (id) => !/^[./]/.test(id) && !isInternal(id) && !id.startsWith('@oxc-project/runtime/'),
  });
  await build.write({
    dir: join(target, 'lib'),
    format: 'esm',
    entryFileNames: '[name].js',
    chunkFileNames: 'chunks/[name].js',
  });
  await build.close();
}

function stem(file: string): string {
  return file.replace(/^\.\//, '').replace(/\.[jt]s$/, '');
}
