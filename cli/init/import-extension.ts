import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/**
 * The ending of relative imports that the project's TypeScript takes, as its `tsconfig.json` and those that this extends by
 * a path say: `.ts` where they allow that or where there is none, so that Node runs the code as it is; else `.js`.
 */
export function importExtensionFor(folder: string): '.ts' | '.js' {
  const file = join(folder, 'tsconfig.json');
  if (!existsSync(file)) return '.ts';
  return ALLOWING.some((option) => isSet(file, option)) ? '.ts' : '.js';
}

const ALLOWING = ['allowImportingTsExtensions', 'rewriteRelativeImportExtensions'];

function isSet(file: string, option: string): boolean {
  const { compilerOptions = {}, extends: bases = [] } = readTsconfig(file);
  if (option in compilerOptions) return compilerOptions[option] === true;
  const base = [bases].flat().findLast((it) => it.startsWith('.'));
  return base !== undefined && isSet(resolve(dirname(file), base), option);
}

interface Tsconfig {
  readonly compilerOptions?: Readonly<Record<string, unknown>>;
  readonly extends?: string | readonly string[];
}

/** Comments and commas before a closing bracket are allowed there, and not in JSON. What cannot be read says nothing. */
function readTsconfig(file: string): Tsconfig {
  try {
    const text = readFileSync(existsSync(file) ? file : `${file}.json`, 'utf8');
    return JSON.parse(
      text
        .replace(TEXT_OR_COMMENT, (_, quoted = '') => quoted)
        .replace(TEXT_OR_COMMA, (_, kept = '') => kept),
    );
  } catch {
    return {};
  }
}

const TEXT_OR_COMMENT = /("(?:\\.|[^"\\])*")|\/\/.*|\/\*[\s\S]*?\*\//g;
const TEXT_OR_COMMA = /("(?:\\.|[^"\\])*"|[\]}])|,(?=\s*[\]}])/g;
