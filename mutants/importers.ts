import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';

/** Tests that need no server and no installed package. */
const TEST = /(?<!\.int)\.test\.ts$/;
/** Projects of their own, which take the packed packages. */
const ELSEWHERE = /^(examples|interop|catalog\/(browser|eventcatalog\/site))\//;
/** A name in quotes. `import type` is gone at run time. */
const QUOTED = /import type [^'"]*['"][^'"]*['"]|(['"`])([\w@./-]+)\1/g;

/**
 * Who imports whom, from the text of the files: each name in quotes that leads to a file of ours, from the folder of the file, from the
 * root or through the exports of a package. So a command that a test starts by the name of its file is an import too.
 */
export function importersOf(root: string, files: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const code = files.filter((file) => /\.[jt]s$/.test(file) && !ELSEWHERE.test(file));
  const known = new Set(code);
  const faces = packageFaces(root, files);
  const importers = new Map<string, string[]>();
  for (const file of code) {
    for (const [, , name] of readFileSync(join(root, file), 'utf8').matchAll(QUOTED)) {
      if (name === undefined) continue;
      const target = [posix.join(posix.dirname(file), name), name, faces(name)].find((it) => known.has(it));
      if (target !== undefined) importers.set(target, [...(importers.get(target) ?? []), file]);
    }
  }
  return importers;
}

/**
 * The tests that import the file, directly or through others, the nearest first: few imports between, few folders apart, of the same name;
 * those of whole commands later, for they are slow.
 */
export function testsOf(file: string, importers: ReadonlyMap<string, readonly string[]>): string[] {
  const steps = new Map([[file, 0]]);
  for (const [at, step] of steps) {
    for (const importer of importers.get(at) ?? []) {
      if (!steps.has(importer)) steps.set(importer, step + 1);
    }
  }
  const name = posix.basename(file, '.ts');
  const distance = (test: string) =>
    (posix.basename(test).startsWith(`${name}.`) ? -3 : 0) +
    (test.endsWith('.e2e.test.ts') ? 2 : 0) +
    (steps.get(test) ?? 0) +
    foldersBetween(file, test);
  return [...steps.keys()]
    .filter((it) => TEST.test(it))
    .sort((a, b) => distance(a) - distance(b) || (a < b ? -1 : 1));
}

function foldersBetween(a: string, b: string): number {
  return posix.relative(posix.dirname(a), posix.dirname(b)).split('/').filter(Boolean).length;
}

/** The file that a name such as `@chirograph/contract/load` stands for; `''` where it is none of ours. */
function packageFaces(root: string, files: readonly string[]): (name: string) => string {
  const packages = files
    .filter((file) => /^[\w-]+\/package\.json$/.test(file))
    .map((file) => ({
      folder: posix.dirname(file),
      ...(JSON.parse(readFileSync(join(root, file), 'utf8')) as Manifest),
    }));
  return (asked) => {
    const found = packages.find(({ name }) => asked === name || asked.startsWith(`${name}/`));
    if (found === undefined) return '';
    const path = asked.slice(found.name.length);
    const face = found.exports?.[`.${path}`] ?? (found.exports?.['./*'] && `.${path}.ts`) ?? '';
    return posix.join(found.folder, face);
  };
}

interface Manifest {
  readonly name: string;
  readonly exports?: Readonly<Record<string, string>>;
}
