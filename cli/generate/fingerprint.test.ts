import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { toolFolders } from './fingerprint.ts';

interface Manifest {
  readonly name: string;
  readonly dependencies?: Readonly<Record<string, string>>;
}

const root = new URL('../../', import.meta.url);
const read = (path: string) => JSON.parse(readFileSync(new URL(path, root), 'utf8'));

it('watches each package by which contracts are understood and code is generated', () => {
  const { workspaces } = read('package.json') as { workspaces: readonly string[] };
  const packages = new Map(
    workspaces.map((folder) => {
      const manifest: Manifest = read(`${folder}/package.json`);
      return [manifest.name, { folder, manifest }] as const;
    }),
  );
  const needed = new Set(['@chirograph/generators', '@chirograph/contract']);
  for (const name of needed)
    for (const it of Object.keys(packages.get(name)?.manifest.dependencies ?? {}))
      if (packages.has(it)) needed.add(it);
  const watched = toolFolders().map((it) => it.slice(root.pathname.length));
  expect(watched).toEqual(expect.arrayContaining([...needed].map((name) => packages.get(name)?.folder)));
});
