import type { Workspace } from '@chirograph/contract/model';
import { GENERATORS } from './generators.ts';
import { scopesOf } from './scope.ts';
import { AmbiguousDatesError } from './source/date-paths.ts';
import type { GeneratedFile, Generator, OutputOptions, Scope } from './source/generator.ts';
import { isInside } from './source/inside.ts';

/** A generator did not do what it should. `cause` is what it threw, if it threw anything. */
export class GeneratorError extends Error {
  readonly generator: string;

  constructor(generator: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.generator = generator;
  }
}

/** The source files that a workspace promises, sorted by path. The same workspace gives the same bytes. */
export async function generate(
  workspace: Workspace,
  options: OutputOptions,
  generators: readonly Generator[] = GENERATORS,
): Promise<GeneratedFile[]> {
  const own = workspace.domains.filter((it) => it.neighbour === undefined);
  const scopes = own.flatMap(({ name }) => scopesOf(workspace, name, options));
  const files = await Promise.all(scopes.map((scope) => generateScope(scope, generators)));
  return files.flat().sort(byPath);
}

/**
 * The files of one scope, sorted by path. Throws `GeneratorError` where a generator fails, gives no files, or gives one
 * outside of the output or of the name of another's.
 */
export async function generateScope(
  scope: Scope,
  generators: readonly Generator[],
): Promise<GeneratedFile[]> {
  const made = await Promise.all(
    generators.map(async (generator) => ({ generator, files: await filesOf(generator, scope) })),
  );
  const writers = new Map<string, string>();
  for (const { generator, files } of made) {
    for (const { path } of files) {
      const other = writers.get(path);
      if (other !== undefined)
        throw new GeneratorError(generator.name, `it writes ${path}, as the generator \`${other}\` does`);
      writers.set(path, generator.name);
    }
  }
  return made.flatMap((it) => it.files).sort(byPath);
}

async function filesOf(generator: Generator, scope: Scope): Promise<readonly GeneratedFile[]> {
  const files: unknown = await made(generator, scope);
  if (!Array.isArray(files)) throw new GeneratorError(generator.name, 'it gives no list of files');
  for (const file of files as unknown[]) {
    if (!isFile(file)) throw new GeneratorError(generator.name, 'it gives a file without `path` and `text`');
    if (!isInside(file.path))
      throw new GeneratorError(
        generator.name,
        `it writes \`${file.path}\`, which leads out of the output folder`,
      );
  }
  return files as GeneratedFile[];
}

async function made(generator: Generator, scope: Scope): Promise<readonly GeneratedFile[]> {
  try {
    return await generator.generate(scope);
  } catch (error) {
    if (error instanceof AmbiguousDatesError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new GeneratorError(generator.name, reason, { cause: error });
  }
}

function isFile(value: unknown): value is GeneratedFile {
  return (
    typeof value === 'object' &&
    value !== null &&
    'path' in value &&
    typeof value.path === 'string' &&
    'text' in value &&
    typeof value.text === 'string'
  );
}

function byPath(a: GeneratedFile, b: GeneratedFile): number {
  return a.path < b.path ? -1 : 1;
}
