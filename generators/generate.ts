import type { Workspace } from '@chirograph/contract/model';
import { GENERATORS } from './generators.ts';
import { scopesOf } from './scope.ts';
import type { GeneratedFile, Generator, OutputOptions, Scope } from './source/generator.ts';

/** The source files that a workspace promises, sorted by path. The same workspace gives the same bytes. */
export async function generate(
  workspace: Workspace,
  options: OutputOptions,
  generators: readonly Generator[] = GENERATORS,
): Promise<GeneratedFile[]> {
  const scopes = workspace.domains.flatMap(({ name }) => scopesOf(workspace, name, options));
  const files = await Promise.all(scopes.map((scope) => generateScope(scope, generators)));
  return files.flat().sort(byPath);
}

/** The files of one scope, sorted by path. */
export async function generateScope(
  scope: Scope,
  generators: readonly Generator[],
): Promise<GeneratedFile[]> {
  const files = await Promise.all(generators.map(async (it) => it.generate(scope)));
  return files.flat().sort(byPath);
}

function byPath(a: GeneratedFile, b: GeneratedFile): number {
  return a.path < b.path ? -1 : 1;
}
