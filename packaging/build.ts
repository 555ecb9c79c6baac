import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, globSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { bundle } from './bundle.ts';
import { copyDeclarations } from './declarations.ts';
import { isBundled, type Manifest, readManifest, type Workspaces, workspacesOf } from './workspaces.ts';

/**
 * Builds what is published: `dist/<package>` holds bundled JavaScript, declarations and a package.json that names them,
 * ready for `npm publish` or `npm pack`. A published package holds the workspace packages that it imports, so that
 * `chirograph` is one package; only the runtime stays an import. In the repository the packages are their own TypeScript;
 * nothing needs this to develop.
 */

const root = join(import.meta.dirname, '..');
const dist = join(root, 'dist');
const declarations = join(dist, '.declarations');

/** Files that are read at run time: from, below the root, and to, below the published package. */
const ASSETS: Readonly<Record<string, readonly (readonly [from: string, to: string])[]>> = {
  chirograph: [
    ['contract/structure/tables/*.json', 'lib/structure/tables'],
    ['docs/diagnostics', 'lib/docs/diagnostics'],
    ['docs/compat', 'lib/docs/compat'],
    ['contract/vocabulary/*.json', 'lib/schemas'],
    ['cli/config/config.schema.json', 'lib/schemas/config.schema.json'],
  ],
};

await build();

async function build(): Promise<void> {
  rmSync(dist, { recursive: true, force: true });
  run(join(root, 'node_modules/.bin/tsc'), ['-p', join(root, 'packaging/tsconfig.json')]);
  const workspaces = workspacesOf(root);
  for (const [name, { folder, manifest }] of workspaces) {
    if (manifest.private) continue;
    const target = join(dist, folder);
    await bundle(join(root, folder), target, manifest, (id) => isBundled(id, workspaces));
    copyDeclarations(declarations, target, folder, manifest, workspaces);
    copyAssets(name, target);
    writeManifest(folder, target, manifest, workspaces);
    for (const file of ['README.md', 'REFERENCE.md', 'CHANGELOG.md'])
      if (existsSync(join(root, folder, file))) cpSync(join(root, folder, file), join(target, file));
    cpSync(join(root, 'LICENSE'), join(target, 'LICENSE'));
  }
  rmSync(declarations, { recursive: true });
}

function copyAssets(name: string, target: string): void {
  for (const [from, to] of ASSETS[name] ?? []) {
    mkdirSync(join(target, dirname(to)), { recursive: true });
    if (!from.includes('*')) cpSync(join(root, from), join(target, to), { recursive: true });
    for (const file of from.includes('*') ? globSync(from, { cwd: root }) : [])
      cpSync(join(root, file), join(target, to, file.slice(dirname(from).length + 1)));
  }
}

/** The manifest that npm gets: built entries, and what a reader of the registry needs to find the source. */
function writeManifest(folder: string, target: string, manifest: Manifest, workspaces: Workspaces): void {
  const { devDependencies: _, publishConfig, bin, exports, ...rest } = manifest;
  const { repository, homepage, bugs } = readManifest(root);
  const built = {
    ...rest,
    homepage,
    bugs,
    repository: { ...repository, directory: folder },
    publishConfig: { ...publishConfig, directory: undefined },
    files: ['lib', 'types', 'REFERENCE.md', 'CHANGELOG.md'].filter((it) => existsSync(join(target, it))),
    ...(bin && {
      bin: Object.fromEntries(Object.entries(bin).map(([name, file]) => [name, `lib/${stem(file)}.js`])),
    }),
    exports: {
      ...Object.fromEntries(
        Object.entries(exports).map(([path, file]) => [
          path,
          { types: `./types/${folder}/${stem(file)}.d.ts`, default: `./lib/${stem(file)}.js` },
        ]),
      ),
      ...(existsSync(join(target, 'lib/schemas')) && { './schemas/*': './lib/schemas/*' }),
      './package.json': './package.json',
    },
    dependencies: dependenciesOf(manifest, workspaces),
  };
  writeFileSync(join(target, 'package.json'), `${JSON.stringify(built, null, 2)}\n`);
}

/** What it depends on, and what the packages within it depend on; these themselves are in the bundle. */
function dependenciesOf(manifest: Manifest, workspaces: Workspaces): Record<string, string> {
  const found = new Map<string, string>();
  const seen = new Set<string>();
  const add = ({ dependencies = {} }: Manifest) => {
    for (const [name, version] of Object.entries(dependencies)) {
      const inner = workspaces.get(name)?.manifest;
      if (inner === undefined || !isBundled(name, workspaces)) {
        const other = found.get(name) ?? version;
        if (other !== version) throw new Error(`${name} is asked for as ${other} and as ${version}`);
        found.set(name, version);
      } else if (!seen.has(name)) {
        seen.add(name);
        add(inner);
      }
    }
  };
  add(manifest);
  return Object.fromEntries([...found].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function stem(file: string): string {
  return file.replace(/^\.\//, '').replace(/\.[jt]s$/, '');
}

function run(command: string, args: readonly string[]): void {
  const { status } = spawnSync(command, args, { cwd: root, stdio: 'inherit' });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed`);
}
