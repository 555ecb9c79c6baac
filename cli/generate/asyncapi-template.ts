import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { GeneratedFile, Generator, Scope } from '@chirograph/generators';
import { CommandError } from '../exit.ts';

/** A template of AsyncAPI's own generator, such as `@asyncapi/html-template`. */
export interface AsyncApiTemplate {
  /** The template's package, installed in the project, or a path to it. */
  readonly template: string;
  /** What the template's documentation calls its parameters. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** The folder for its files below that of the domain. Default: the template's name, less its scope. */
  readonly folder?: string;
}

/**
 * A generator that runs a template of AsyncAPI's generator over each service of a domain:
 * `<domain>/<folder>/<service>/...`. The project has `@asyncapi/generator` and the template installed. Its files are text.
 */
export function asyncapiTemplate({ template, parameters = {}, folder }: AsyncApiTemplate): Generator {
  const below = folder ?? template.split('/').at(-1) ?? 'template';
  return {
    name: `asyncapi-template ${template}`,
    async generate(scope) {
      const files: GeneratedFile[] = [];
      // One after the other: AsyncAPI's generator keeps state of its own beside the template.
      for (const service of scope.services) {
        const prefix = `${scope.folder}/${below}/${scope.names.fileOf(service)}`;
        const own = await render(scope, service.at.file, template, parameters);
        files.push(...own.map(({ path, text }) => ({ path: `${prefix}/${path}`, text })));
      }
      return files;
    },
  };
}

/** As much of `@asyncapi/generator` as is used. */
type TemplateGenerator = new (
  template: string,
  targetDir: string,
  options: { readonly templateParams: Readonly<Record<string, string>>; readonly forceWrite: true },
) => { generateFromFile(file: string): Promise<void> };

async function render(
  { workspace }: Scope,
  file: string,
  template: string,
  templateParams: Readonly<Record<string, string>>,
): Promise<GeneratedFile[]> {
  const TemplateGenerator = generatorOfProject();
  const folder = mkdtempSync(join(tmpdir(), 'chirograph-template-'));
  try {
    // The contracts as they were read, so that references between files lead where they led.
    for (const source of Object.values(workspace.sources))
      write(join(folder, 'in', source.file), source.text);
    const target = join(folder, 'out');
    const generator = new TemplateGenerator(template, target, { templateParams, forceWrite: true });
    await generator.generateFromFile(join(folder, 'in', file));
    return filesBelow(target);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function generatorOfProject(): TemplateGenerator {
  try {
    return createRequire(join(process.cwd(), 'package.json'))('@asyncapi/generator') as TemplateGenerator;
  } catch (error) {
    throw new CommandError(
      `cannot load @asyncapi/generator: ${error instanceof Error ? error.message : error}`,
      'Install it and the template in the project: npm install --save-dev @asyncapi/generator',
    );
  }
}

function write(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

function filesBelow(folder: string): GeneratedFile[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((it) => it.isFile())
    .map((it) => join(it.parentPath, it.name))
    .sort()
    .map((file) => ({ path: file.slice(folder.length + 1), text: readFileSync(file, 'utf8') }));
}
