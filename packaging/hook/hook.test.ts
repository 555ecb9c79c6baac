import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { workspacesOf } from '../workspaces.ts';

const root = new URL('../../', import.meta.url).pathname;
const manifest = JSON.parse(readFileSync(`${root}package.json`, 'utf8'));

it('the repository as a package depends on what its command depends on', () => {
  const workspaces = workspacesOf(root);
  const seen = new Set<string>();
  const found: Record<string, string> = {};
  const add = (name: string) => {
    if (seen.has(name)) return;
    seen.add(name);
    for (const [it, version] of Object.entries(workspaces.get(name)?.manifest.dependencies ?? {}))
      if (workspaces.has(it)) add(it);
      else found[it] = version;
  };
  add('chirograph');
  expect(manifest.dependencies).toEqual(found);
});

it('can be packed from a clone by itself, as pre-commit does, and says no word beside the name of the file', () => {
  const packed = execFileSync('npm', ['pack', '--dry-run'], { cwd: root, encoding: 'utf8', stdio: 'pipe' });
  expect(packed.trim()).toBe(`chirograph-workspace-${manifest.version}.tgz`);
});
