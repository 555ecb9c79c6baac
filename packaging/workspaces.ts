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
  readonly publishConfig?: unknown;
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
