import { join, posix } from 'node:path';
import { type Plugin, rolldown } from 'rolldown';
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
    plugins: [loadedOnUse(isInternal)],
    // Helpers of the compiler are its own, and go into the bundle.
    external: (id) => !/^[./]/.test(id) && !isInternal(id) && !id.startsWith('@oxc-project/runtime/'),
  });
  await build.write({
    dir: join(target, 'lib'),
    format: 'esm',
    entryFileNames: '[name].js',
    chunkFileNames: 'chunks/[name].js',
    // What is documented stands in the types.
    comments: { jsdoc: false, annotation: true, legal: true },
    ...(Object.keys(bin).length > 0 && { codeSplitting: { groups: GROUPS } }),
  });
  await build.close();
}

/**
 * What most commands load anyway, in two files: to find a file takes a process longer than to read it. What only some need
 * of it stays out, such as the containment engine and its languages.
 */
const GROUPS = [
  { name: 'terminal', test: /\/cli\/(terminal|files)\// },
  {
    name: 'contract',
    test: /\/contract\/(source|model|diagnostics)\/|\/schema\/((json|keywords|evaluate|combine|bundle)\/|patterns\/reg-exp)/,
  },
];

/** What a module asks `require` for where it stands, so that only those load it who use it: a file of its own. */
function loadedOnUse(isInternal: (id: string) => boolean): Plugin {
  const chunks = new Map<string, string>();
  return {
    name: 'loaded-on-use',
    async transform(code, importer) {
      for (const [, id = ''] of code.matchAll(REQUIRED)) {
        if (!isInternal(id) || chunks.has(id)) continue;
        const found = await this.resolve(id, importer);
        if (!found) throw new Error(`${importer} requires ${id}, which is nowhere`);
        chunks.set(
          id,
          this.emitFile({ type: 'chunk', id: found.id, name: id.split('/').slice(1).join('-') }),
        );
      }
    },
    renderChunk(code, { fileName }) {
      return code.replaceAll(REQUIRED, (whole, id: string) => {
        const chunk = chunks.get(id);
        if (chunk === undefined) return whole;
        const path = posix.relative(posix.dirname(fileName), this.getFileName(chunk));
        return `require(${JSON.stringify(path.startsWith('.') ? path : `./${path}`)})`;
      });
    },
  };
}

const REQUIRED = /\brequire\(\s*["']([^"']+)["']\s*\)/g;

function stem(file: string): string {
  return file.replace(/^\.\//, '').replace(/\.[jt]s$/, '');
}
