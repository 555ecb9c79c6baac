import { readFileSync } from 'node:fs';
import module from 'node:module';
import { basename } from 'node:path';
import { pathToFileURL } from 'node:url';
import { CommandError } from '../exit.ts';
import type { Config } from './config.ts';

/**
 * Imports a config. One in TypeScript is a module, and so is what it imports beside it, whatever `type` the package.json
 * names: a project of CommonJS need not become one of modules for the sake of a file that says `export default`.
 * Throws a CommandError where Node does not read TypeScript, and whatever the import throws.
 */
export async function importModule(file: string): Promise<{ readonly default?: Config }> {
  if (file.endsWith('.json')) return { default: readJson(file) };
  const { href } = pathToFileURL(file);
  if (!/\.m?ts$/.test(file)) return import(href);
  if (!process.features.typescript) throw new CommandError(noTypeScript(file), renamed(file));
  const hooks = module.registerHooks({
    load: (url, context, next) =>
      next(url, isTypeScriptOfTheProject(url) ? { ...context, format: 'module-typescript' } : context),
  });
  try {
    return await import(href);
  } finally {
    hooks.deregister();
  }
}

/** A config that needs no code. Editors know it by its `$schema`, which says nothing to us. */
function readJson(file: string): Config {
  const config: unknown = JSON.parse(readFileSync(file, 'utf8'));
  if (typeof config !== 'object' || config === null || Array.isArray(config))
    throw new CommandError(`${basename(file)} is no JSON object`, 'Write: { "specs": "specs" }');
  const { $schema: _, ...rest } = config as Record<string, unknown>;
  return rest;
}

function isTypeScriptOfTheProject(url: string): boolean {
  return url.startsWith('file:') && url.endsWith('.ts') && !url.includes('/node_modules/');
}

function noTypeScript(file: string): string {
  return `${basename(file)} is TypeScript, which this Node (${process.version}) does not read`;
}

function renamed(file: string): string {
  return `Use Node 22.18 or newer, or name it ${basename(file).replace(/m?ts$/, 'mjs')} and leave out the types.`;
}
