import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { isBundled, type Manifest, packageOf, type Workspaces } from './workspaces.ts';

const IMPORT = /((?:from|import)\s*\(?\s*)(['"])([^'"]+)\2/g;

/**
 * Copies the declarations that a package's entries reach to `<target>/types/<folder>/...`, those of bundled workspace
 * packages beside its own, with imports of these turned into relative ones.
 */
export function copyDeclarations(
  from: string,
  target: string,
  folder: string,
  manifest: Manifest,
  workspaces: Workspaces,
): void {
  const seen = new Set<string>();
  const copy = (file: string) => {
    if (seen.has(file)) return;
    seen.add(file);
    const text = readFileSync(join(from, file), 'utf8').replace(
      IMPORT,
      (whole, before: string, quote: string, specifier: string) => {
        const to = declarationOf(specifier, file, workspaces);
        if (to === undefined || !existsSync(join(from, to))) return whole;
        copy(to);
        const relative = posix.relative(posix.dirname(file), to).replace(/\.d\.ts$/, '.js');
        return `${before}${quote}${relative.startsWith('.') ? relative : `./${relative}`}${quote}`;
      },
    );
    const path = join(target, 'types', file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  };
  for (const entry of Object.values(manifest.exports)) {
    if (entry.endsWith('.ts')) copy(posix.join(folder, entry.replace(/\.ts$/, '.d.ts')));
  }
}

/** The declaration of ours that an import leads to; undefined for what stays an import. */
function declarationOf(specifier: string, file: string, workspaces: Workspaces): string | undefined {
  if (specifier.startsWith('.'))
    return posix.join(posix.dirname(file), specifier.replace(/\.[jt]s$/, '.d.ts'));
  const name = packageOf(specifier);
  const found = workspaces.get(name);
  if (found === undefined || !isBundled(specifier, workspaces)) return undefined;
  const entry = found.manifest.exports[`.${specifier.slice(name.length)}`];
  if (entry === undefined) throw new Error(`${file}: ${specifier} is no entry of ${name}`);
  return posix.join(found.folder, entry.replace(/\.ts$/, '.d.ts'));
}
