import { spawnSync } from 'node:child_process';
import { cpSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * Builds what is published: `dist/<package>` holds compiled JavaScript, declarations and a package.json that names them,
 * ready for `npm publish` or `npm pack`. In the repo the packages are their own TypeScript; nothing needs this to develop.
 */

const root = join(import.meta.dirname, '..');
const dist = join(root, 'dist');

/** The packages that are published, in the order in which they depend on one another. */
export const PACKAGES = ['contract', 'generators', 'catalog', 'runtime', 'mock', 'cli'];

/** Files that are not compiled but belong to a package, as globs below it. */
const ASSETS = ['**/*.json', 'bin/*.js'];

build();

function build(): void {
  rmSync(dist, { recursive: true, force: true });
  run(join(root, 'node_modules/.bin/tsc'), ['-p', join(root, 'packaging/tsconfig.json')]);
  for (const name of PACKAGES) {
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
      exclude: ['**/node_modules', 'site', '**/fixtures', '**/cases', 'package.json'],
    }),
  );
  for (const file of files) {
    const target = join(dist, name, file);
    mkdirSync(dirname(target), { recursive: true });
    const text = readFileSync(join(root, name, file), 'utf8');
    writeFileSync(target, file.endsWith('.js') ? compiledImports(text) : text);
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

/** In the entry of the command, the one file that is JavaScript already. */
function compiledImports(text: string): string {
  return text.replace(/(import\('\.[^']*)\.ts'\)/g, "$1.js')");
}

function run(command: string, args: readonly string[]): void {
  const { status } = spawnSync(command, args, { cwd: root, stdio: 'inherit' });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed`);
}
