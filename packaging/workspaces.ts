import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** As much of a package.json as packaging reads. */
export interface Manifest {
  readonly name: string;
  readonly private?: boolean;
  readonly exports: Readonly<Record<string, string>>;
  readonly bin?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly publishConfig?: Readonly<Record<string, unknown>>;
  readonly repository?: { readonly type: string; readonly url: string };
  readonly homepage?: string;
  readonly bugs?: string;
}

/** The workspace packages by name. */
export type Workspaces = ReadonlyMap<string, { readonly folder: string; readonly manifest: Manifest }>;

export function readManifest(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
}

export function workspacesOf(root: string): Workspaces {
  const { workspaces } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    workspaces: readonly string[];
  };
  return new Map(
    workspaces.map((folder) => {
      const manifest = readManifest(join(root, folder));
      return [manifest.name, { folder, manifest }];
    }),
  );
}

/**
 * Whether an import leads to a workspace package that goes into the bundle of the package that imports it. The runtime
 * does not: generated code imports it too, and there must be one copy of it.
 */
export function isBundled(id: string, workspaces: Workspaces): boolean {
  const name = packageOf(id);
  return name !== '@chirograph/runtime' && workspaces.has(name);
}

/** The package that an import names: `@scope/name` of `@scope/name/entry`. */
export function packageOf(id: string): string {
  return id.split('/', id.startsWith('@') ? 2 : 1).join('/');
}
