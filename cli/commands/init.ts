import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, posix, relative } from 'node:path';
import { nearestConfig, readSettings } from '../config/read-config.ts';
import { repositoryOf } from '../config/root.ts';
import { CommandError, EXIT } from '../exit.ts';
import { isGlob } from '../files/glob.ts';
import { importExtensionFor } from '../init/import-extension.ts';
import { editorSettings, SCHEMAS, starterConfig, starterContract } from '../init/starter.ts';
import { styleFor } from '../terminal/style.ts';
import type { Run } from './command.ts';

/** `chirograph init`: a config and a first contract. What is there already stays as it is. */
export const run: Run = async ([named], { vscode }, io) => {
  refuseNested(io.cwd);
  const config = configIn(io.cwd);
  if (config !== undefined && named === undefined) {
    throw new CommandError(
      `there is a ${config} here already`,
      'Name a domain to begin one in this workspace: chirograph init parcels',
    );
  }
  const domain = named ?? 'example';
  refuseOddName(domain);
  const specs = await contractsFolder(io.cwd, config);
  const contract = `${specs}/${domain}/${domain}.asyncapi.yaml`;
  const schema = posix.relative(posix.dirname(contract), `${SCHEMAS}/contract.schema.json`);
  const made = [
    [config ?? 'chirograph.config.ts', starterConfig(importExtensionFor(io.cwd))],
    [contract, starterContract(domain, schema)],
    ...(vscode === true ? [['.vscode/settings.json', editorSettings(specs)] as const] : []),
  ] as const;
  const { dim, green } = styleFor(io.color);
  const lines = made.map(([file, text]) =>
    create(join(io.cwd, file), text) ? `${green('created')}  ${file}` : `${dim('kept')}     ${file}`,
  );
  if (ignoreCache(io.cwd)) lines.push(`${green('changed')}  .gitignore: .chirograph/`);
  io.out(`${lines.join('\n')}\n\n${nextSteps(contract)}`);
  return EXIT.clean;
};

function refuseOddName(domain: string): void {
  if (/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(domain)) return;
  throw new CommandError(
    `\`${domain}\` is no name for a domain`,
    'It becomes a folder and part of addresses: small letters, digits and dashes, such as `order-intake`.',
  );
}

function configIn(folder: string): string | undefined {
  const nearest = nearestConfig(folder);
  return nearest !== undefined && dirname(nearest) === folder ? basename(nearest) : undefined;
}

/** Where contracts go in this workspace: the first folder of the config. */
async function contractsFolder(folder: string, config: string | undefined): Promise<string> {
  if (config === undefined) return 'specs';
  const { specs } = await readSettings(folder);
  return specs.find((it) => !isGlob(it)) ?? 'specs';
}

/** A config above governs this folder: another one would divide the workspace in two. */
function refuseNested(folder: string): void {
  const above = nearestConfig(dirname(folder));
  if (above === undefined || configIn(folder) !== undefined) return;
  throw new CommandError(
    `${relative(folder, above)} already makes a workspace of the folders below it`,
    `Run it there, or write a chirograph.config.ts here by hand if this is to be a workspace of its own.`,
  );
}

/** @returns false where such a file is there, which stays */
function create(file: string, text: string): boolean {
  if (existsSync(file)) return false;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text, { flag: 'wx' });
  return true;
}

/** Keeps what is remembered between runs out of version control, where there is any. */
function ignoreCache(folder: string): boolean {
  if (repositoryOf(folder) === undefined) return false;
  const file = join(folder, '.gitignore');
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  if (/^\/?\.chirograph\/?\s*$/m.test(text)) return false;
  const gap = text === '' || text.endsWith('\n') ? '' : '\n';
  writeFileSync(file, `${text}${gap}.chirograph/\n`);
  return true;
}

function nextSteps(contract: string): string {
  return `Next:
  1. Put your own event in the place of the example: ${contract}
  2. npx chirograph validate
  3. npx chirograph generate      commit what it writes
In CI:
  npx chirograph validate && npx chirograph generate --check && npx chirograph compat --against origin/main
`;
}
