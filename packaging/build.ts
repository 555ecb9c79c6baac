import { spawnSync } from 'node:child_process';
import { cpSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { bundle, type Entries } from './bundle.ts';

/**
 * Builds what is published: `dist/<package>` holds bundled JavaScript, declarations and a package.json that names them,
 * ready for `npm publish` or `npm pack`. In the repo the packages are their own TypeScript; nothing needs this to develop.
 */

const root = join(import.meta.dirname, '..');
const dist = join(root, 'dist');

/** The packages that are published, in the order in which they depend on one another. */
const PACKAGES = ['schema', 'contract', 'compat', 'generators', 'catalog', 'runtime', 'mock', 'cli'];

/** Files that are read at run time, as globs below a package. */
const ASSETS = ['**/*.json'];

await build();

async function build(): Promise<void> {
  rmSync(dist, { recursive: true, force: true });
  run(join(root, 'node_modules/.bin/tsc'), ['-p', join(root, 'packaging/tsconfig.json')]);
  for (const name of PACKAGES) {
    const manifest: Entries = JSON.parse(readFileSync(join(root, name, 'package.json'), 'utf8'));
    await bundle(join(root, name), join(dist, name), manifest);
    copyAssets(name);
    writeManifest(name);
    cpSync(join(root, 'LICENSE'), join(dist, name, 'LICENSE'));
    cpSync(join(root, 'README.md'), join(dist, name, 'README.md'));
  }
  // `chirograph explain` prints these pages.
  cpSync(join(root, 'docs/diagnostics'), join(dist, 'cli/docs/diagnostics'), { recursive: true });
  cpSync(join(root, 'docs/compat'), join(dist, 'cli/docs/compat'), { recursive: true });
}

function copyAssets(name: string): void {
  const files = ASSETS.flatMap((pattern) =>
    globSync(pattern, {
      cwd: join(root, name),
      exclude: ['**/node_modules', '**/site', '**/fixtures', '**/cases', '**/golden', 'package.json'],
    }),
  );
  for (const file of files) {
    const target = join(dist, name, file);
    mkdirSync(dirname(target), { recursive: true });
    cpSync(join(root, name, file), target);
  }
}

function writeManifest(name: string): void {
  const { devDependencies: _, ...manifest } = JSON.parse(
    readFileSync(join(root, name, 'package.json'), 'utf8'),
  );
  const exports = Object.fromEntries(
    Object.entries<string>(manifest.exports).map(([path, file]) => [
      path,
      { types: file.replace(/\.ts$/, '.d.ts'), default: file.replace(/\.ts$/, '.js') },
    ]),
  );
  const text = `${JSON.stringify({ ...manifest, exports }, null, 2)}\n`;
  writeFileSync(join(dist, name, 'package.json'), text);
}

function run(command: string, args: readonly string[]): void {
  const { status } = spawnSync(command, args, { cwd: root, stdio: 'inherit' });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed`);
}
