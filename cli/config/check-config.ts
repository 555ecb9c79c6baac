import { suggest } from '@chirograph/contract/diagnostics';
import { Failure } from '../exit.ts';

/** What each key of a config may hold, for configs that no compiler has looked at. */
const KEYS: Readonly<Record<string, (value: unknown) => string | undefined>> = {
  specs: (value) => (isText(value) || isListOf(value, isText) ? undefined : 'a path or a list of paths'),
  output: (value) => (isText(value) ? undefined : 'a path'),
  importExtension: (value) => (value === '.ts' || value === '.js' ? undefined : "'.ts' or '.js'"),
  layout: (value) => (value === 'domain' || value === 'service' ? undefined : "'domain' or 'service'"),
  generators: (value) => (Array.isArray(value) ? undefined : 'a list of generators'),
  domains: (value) => (isRecord(value) ? undefined : 'an object of domains'),
  lint: (value) => (isRecord(value) ? checkLint(value) : 'an object'),
  remote: (value) =>
    typeof value === 'boolean' || isListOf(value, isUrl)
      ? undefined
      : 'true, false or a list of http(s) URLs',
  compat: (value) => (isRecord(value) ? undefined : 'an object'),
};

const LINT_KEYS = ['preset', 'severities', 'rules', 'baseline'];

/** Refuses a config whose keys or values would be ignored or would break later. */
export function checkConfig(config: object, file: string): void {
  refuseUnknown(Object.keys(config), Object.keys(KEYS), file);
  for (const [key, value] of Object.entries(config)) {
    if (value === undefined) continue;
    const expected = KEYS[key]?.(value);
    if (expected !== undefined) throw new Failure(`\`${key}\` in ${file} must be ${expected}`);
  }
  if ('lint' in config && isRecord(config.lint)) refuseUnknown(Object.keys(config.lint), LINT_KEYS, file);
}

function checkLint({ rules, severities }: Readonly<Record<string, unknown>>): string | undefined {
  if (rules !== undefined && !Array.isArray(rules)) {
    return 'an object whose `rules` are a list of functions; severities of codes stand under `severities`';
  }
  return severities === undefined || isRecord(severities)
    ? undefined
    : 'an object whose `severities` map codes';
}

function refuseUnknown(keys: readonly string[], known: readonly string[], file: string): void {
  const unknown = keys.find((key) => !known.includes(key));
  if (unknown === undefined) return;
  const meant = suggest(unknown, known);
  throw new Failure(
    `\`${unknown}\` is not a key of ${file}${meant ? `; did you mean \`${meant}\`?` : ''}`,
    `Known here: ${known.join(', ')}.`,
  );
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isUrl(value: unknown): value is string {
  return isText(value) && /^https?:$/.test(URL.parse(value)?.protocol ?? '');
}

function isListOf<T>(value: unknown, is: (item: unknown) => item is T): value is T[] {
  return Array.isArray(value) && value.every(is);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
