import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { CommandError } from '../exit.ts';
import { checkConfig } from './check-config.ts';
import type { CompatConfig, Config } from './config.ts';
import { importModule } from './import-module.ts';
import { type Neighbour, neighbourOf } from './neighbour.ts';
import { placeOfError } from './place-of.ts';
import { repositoryOf } from './root.ts';

const NAMES = ['ts', 'mts', 'js', 'mjs', 'json'].map((ending) => `chirograph.config.${ending}`);

/** The config with its gaps filled, and the folder that all paths are relative to. */
export interface Settings {
  readonly root: string;
  /** The config file, as an absolute path; absent where there is none. */
  readonly file?: string;
  readonly specs: readonly string[];
  readonly output: string;
  readonly importExtension: '.ts' | '.js';
  readonly layout: 'domain' | 'service';
  readonly dates: 'text' | 'Date';
  readonly ids: 'text' | 'branded';
  readonly generators: Config['generators'];
  readonly domains: NonNullable<Config['domains']>;
  /** The text of the config file; empty where there is none. */
  readonly text: string;
  readonly lint: NonNullable<Config['lint']>;
  readonly documents: NonNullable<Config['documents']>;
  readonly remote: boolean | readonly string[];
  readonly neighbours: readonly Neighbour[];
  readonly catalog: NonNullable<Config['catalog']>;
  readonly compat: CompatConfig & Required<Pick<CompatConfig, 'tags' | 'approvals'>>;
}

/**
 * The settings for a run in a folder: from the file given, else from the nearest config here or above, else defaults.
 */
export async function readSettings(cwd: string, given?: string): Promise<Settings> {
  const file = given === undefined ? nearestConfig(cwd) : resolve(cwd, given);
  if (file === undefined) {
    const root = repositoryOf(cwd) ?? cwd;
    return settingsOf({ specs: join(relative(root, cwd), 'specs').split(sep).join('/') }, root);
  }
  if (!existsSync(file)) throw new CommandError(`there is no config at ${given}`);
  return { ...settingsOf(await importConfig(file), dirname(file), readFileSync(file, 'utf8')), file };
}

function settingsOf(config: Config, root: string, text = ''): Settings {
  return {
    root,
    specs: [config.specs ?? 'specs'].flat(),
    output: config.output ?? 'generated',
    importExtension: config.importExtension ?? '.ts',
    layout: config.layout ?? 'domain',
    dates: config.dates ?? 'text',
    ids: config.ids ?? 'text',
    generators: config.generators,
    domains: config.domains ?? {},
    text,
    lint: config.lint ?? {},
    documents: config.documents ?? {},
    remote: config.remote ?? false,
    neighbours: (config.neighbours ?? []).map(neighbourOf),
    catalog: config.catalog ?? {},
    compat: { tags: 'v*', approvals: 'chirograph.approvals.json', ...config.compat },
  };
}

async function importConfig(file: string): Promise<Config> {
  const module: { readonly default?: Config } = await importModule(file).catch((error: unknown) => {
    if (error instanceof CommandError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    const [, missing] = /^Cannot find package '([^']+)'/.exec(reason) ?? [];
    throw new CommandError(
      `cannot load ${placeOfError(error, file, basename(file))}: ${reason}`,
      missing && `Install it in the project: npm install --save-dev ${missing}`,
    );
  });
  if (typeof module.default !== 'object') {
    throw new CommandError(`${file} has no default export`, 'Write: export default defineConfig({ ... })');
  }
  await checkConfig(module.default, basename(file), readFileSync(file, 'utf8'));
  return module.default;
}

/** The config that a folder goes by: its own, or the next one above. */
export function nearestConfig(cwd: string): string | undefined {
  for (let folder = cwd; ; folder = dirname(folder)) {
    const found = NAMES.map((name) => join(folder, name)).find(existsSync);
    if (found || folder === dirname(folder)) return found;
  }
}
