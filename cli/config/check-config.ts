import { isAbsolute } from 'node:path';
import { CODES, suggest } from '@chirograph/contract/diagnostics';
import { CommandError } from '../exit.ts';
import { type NeighbourConfig, neighbourOf } from './neighbour.ts';
import { placeOfKey } from './place-of.ts';

/** What a key may hold: undefined where the value will do, else what it should be. */
type Check = (value: unknown) => string | undefined;

/** How a document may be read. */
const DOCUMENT: Readonly<Record<string, Check>> = { perspective: oneOf('client') };

/** What a domain may have otherwise. */
const OUTPUT: Readonly<Record<string, Check>> = {
  importExtension: oneOf('.ts', '.js'),
  layout: oneOf('domain', 'service'),
  dates: oneOf('text', 'Date'),
  ids: oneOf('text', 'branded'),
  generators: (value) =>
    isListOf(value, isGenerator)
      ? undefined
      : 'an array of generators, each one of ours by name or an object with `name` and `generate`',
};

/** What each key of a config may hold, for configs that no compiler has looked at. */
const KEYS: Readonly<Record<string, Check>> = {
  specs: (value) => (isText(value) || isListOf(value, isText) ? undefined : 'a path or a list of paths'),
  output: (value) =>
    isText(value) && !isAbsolute(value) ? undefined : 'a path relative to the folder of the config',
  ...OUTPUT,
  domains: (value) =>
    isRecord(value) && Object.values(value).every(isRecord)
      ? undefined
      : 'an object of domains, each an object',
  lint: (value) => (isRecord(value) ? checkLint(value) : 'an object'),
  remote: (value) =>
    typeof value === 'boolean' || isListOf(value, isUrl)
      ? undefined
      : 'true, false or a list of http(s) URLs',
  compat: (value) => (isRecord(value) ? undefined : 'an object'),
  documents: (value) =>
    isRecord(value) && Object.values(value).every(isRecord)
      ? undefined
      : 'an object of documents, each an object',
  neighbours: (value) => (isListOf(value, isRecord) ? undefined : 'a list of objects'),
  catalog: (value) => (isRecord(value) ? undefined : 'an object'),
};

const NEIGHBOUR: Readonly<Record<string, Check>> = {
  from: (value) =>
    isText(value) && value.trim() !== '' && !isAbsolute(value) ? undefined : 'a path relative to the config',
  // What begins with a dash, or names a command, git would carry out.
  git: (value) =>
    isText(value) && /^[^-\s]/.test(value) && !/^(ext|fd)::/.test(value)
      ? undefined
      : 'the URL of a repository',
  ref: (value) =>
    isText(value) && /^[^-\s][^\s:]*$/.test(value) ? undefined : 'a branch, a tag or a commit',
  path: (value) =>
    isText(value) && !isAbsolute(value) && !value.split('/').includes('..')
      ? undefined
      : 'a path in the repository',
  name: (value) => (isText(value) && /^[\w.-]+$/.test(value) ? undefined : 'a word'),
};

const LINT_KEYS = ['preset', 'severities', 'rules', 'baseline', 'ignore'];

/** What is asked of some messages. A mode that nobody knows would be taken for another, and a break would slip through. */
const DEMAND: Readonly<Record<string, Check>> = {
  mode: oneOf(
    'NONE',
    'BACKWARD',
    'BACKWARD_TRANSITIVE',
    'FORWARD',
    'FORWARD_TRANSITIVE',
    'FULL',
    'FULL_TRANSITIVE',
  ),
  writers: oneOf('declared', 'literal'),
  formats: oneOf('assert', 'annotate', 'dialect'),
};

const text: Check = (value) => (isText(value) ? undefined : 'a string');
const records: Check = (value) =>
  isRecord(value) && Object.values(value).every(isRecord) ? undefined : 'an object of objects';

const COMPAT: Readonly<Record<string, Check>> = {
  ...DEMAND,
  against: text,
  tags: text,
  versions: (value) => (isListOf(value, isText) ? undefined : 'a list of bases'),
  approvals: text,
  domains: records,
  messages: records,
  severities: (value) => (isRecord(value) ? undefined : 'an object of codes'),
  unknownReaders: (value) => (value === 'warning' || value === 'error' ? undefined : '`warning` or `error`'),
  deprecationDays: (value) => (typeof value === 'number' ? undefined : 'a number of days'),
};

const CATALOG: Readonly<Record<string, Check>> = {
  title: text,
  out: text,
  pages: text,
  releases: (value) => (isListOf(value, isText) ? undefined : 'a list of releases'),
};

/** Refuses a config whose keys or values would be ignored or would break later. `text` is that of the file. */
export async function checkConfig(config: object, file: string, text: string): Promise<void> {
  const at = (key: string) => placeOfKey(key, file, text);
  check(config, KEYS, at);
  if ('neighbours' in config) checkNeighbours(config.neighbours, at);
  if ('lint' in config && isRecord(config.lint)) checkLintKeys(config.lint, at);
  if ('compat' in config && isRecord(config.compat)) await checkCompat(config.compat, at);
  if ('catalog' in config && isRecord(config.catalog)) check(config.catalog, CATALOG, at);
  if ('documents' in config && isRecord(config.documents)) {
    for (const it of Object.values(config.documents)) if (isRecord(it)) check(it, DOCUMENT, at);
  }
  if ('domains' in config && isRecord(config.domains)) {
    for (const domain of Object.values(config.domains))
      if (isRecord(domain)) check(domain, { ...OUTPUT, ...DOCUMENT }, at);
  }
}

function checkNeighbours(neighbours: unknown, at: (key: string) => string): void {
  const names = new Set<string>();
  for (const it of Array.isArray(neighbours) ? (neighbours as readonly unknown[]).filter(isRecord) : []) {
    check(it, NEIGHBOUR, at);
    if ((it.from === undefined) === (it.git === undefined))
      throw new CommandError(
        `${at('neighbours')}: a neighbour is a folder or a repository`,
        "Write { from: 'vendor/orders' } or { git: 'https://...', ref: 'main', path: 'specs' }",
      );
    if (it.from !== undefined && (it.ref ?? it.path) !== undefined)
      throw new CommandError(
        `${at('neighbours')}: \`ref\` and \`path\` are of repositories, and this is a folder`,
      );
    const { name } = neighbourOf(it as NeighbourConfig);
    if (names.has(name))
      throw new CommandError(
        `${at('neighbours')}: two neighbours are called \`${name}\``,
        "Give one another name: { name: 'other', ... }",
      );
    names.add(name);
  }
}

function checkLintKeys(lint: Readonly<Record<string, unknown>>, at: (key: string) => string): void {
  refuseUnknown(lint, LINT_KEYS, at);
  const rules: readonly unknown[] = Array.isArray(lint.rules) ? lint.rules : [];
  const own = rules.flatMap((it) => (isRecord(it) && isText(it.code) ? [it.code] : []));
  const known = [...Object.keys(CODES), ...own];
  checkSeverities(lint.severities, known, at);
  if (lint.ignore === undefined) return;
  if (!Array.isArray(lint.ignore))
    throw new CommandError(`${at('ignore')}: \`ignore\` must be a list of objects`);
  for (const it of lint.ignore as readonly unknown[]) checkIgnored(it, known, at);
}

/** What is accepted without a reason is accepted by nobody. */
function checkIgnored(entry: unknown, known: readonly string[], at: (key: string) => string): void {
  const { code, files, domain, reason, ...others } = isRecord(entry) ? entry : {};
  refuseUnknown(others, ['code', 'files', 'domain', 'reason'], at);
  checkSeverities({ [String(code)]: 'off' }, known, at);
  if (!isText(reason) || reason.trim() === '')
    throw new CommandError(
      `${at(String(code))}: \`${String(code)}\` is ignored without a reason`,
      'Say why: reason: "..."',
    );
  if (!isText(files) && !isText(domain))
    throw new CommandError(
      `${at(String(code))}: where \`${String(code)}\` is ignored is not said`,
      'Name `files` or a `domain`; everywhere: severities: { ... : "off" }',
    );
}

/** A severity of a code that there is not would be of no effect, and nobody would know. */
function checkSeverities(severities: unknown, known: readonly string[], at: (key: string) => string): void {
  if (!isRecord(severities)) return;
  for (const [code, severity] of Object.entries(severities)) {
    if (!known.includes(code)) {
      const meant = suggest(code, known);
      throw new CommandError(
        `${at(code)}: there is no code \`${code}\` here${meant ? `; did you mean \`${meant}\`?` : ''}`,
        'chirograph explain lists them all.',
      );
    }
    const expected = severity === undefined ? undefined : SEVERITY(severity);
    if (expected !== undefined)
      throw new CommandError(`${at(code)}: the severity of \`${code}\` must be ${expected}`);
  }
}

const SEVERITY = oneOf('error', 'warning', 'info', 'off');

async function checkCompat(
  compat: Readonly<Record<string, unknown>>,
  at: (key: string) => string,
): Promise<void> {
  check(compat, COMPAT, at);
  if (compat.severities !== undefined) {
    // Loaded when asked for: most commands have no use for the rules.
    const { RULES } = await import('@chirograph/compat/rules');
    checkSeverities(compat.severities, Object.keys(RULES), at);
  }
  const demands = [compat.domains, compat.messages].filter(isRecord).flatMap((it) => Object.values(it));
  for (const demand of demands.filter(isRecord)) check(demand, DEMAND, at);
}

function check(config: object, keys: Readonly<Record<string, Check>>, at: (key: string) => string): void {
  refuseUnknown(config, Object.keys(keys), at);
  for (const [key, value] of Object.entries(config)) {
    const expected = value === undefined ? undefined : keys[key]?.(value);
    if (expected !== undefined) throw new CommandError(`${at(key)}: \`${key}\` must be ${expected}`);
  }
}

function checkLint({ rules, severities }: Readonly<Record<string, unknown>>): string | undefined {
  if (rules !== undefined && !Array.isArray(rules)) {
    return 'an object whose `rules` are a list of functions; severities of codes stand under `severities`';
  }
  return severities === undefined || isRecord(severities)
    ? undefined
    : 'an object whose `severities` map codes';
}

function refuseUnknown(config: object, known: readonly string[], at: (key: string) => string): void {
  const unknown = Object.keys(config).find((key) => !known.includes(key));
  if (unknown === undefined) return;
  const meant = suggest(unknown, known);
  throw new CommandError(
    `${at(unknown)}: \`${unknown}\` is not a key of the config${meant ? `; did you mean \`${meant}\`?` : ''}`,
    `Known here: ${known.join(', ')}.`,
  );
}

function oneOf(...allowed: readonly string[]): Check {
  const text = allowed.map((it) => `'${it}'`).join(' or ');
  return (value) => (isText(value) && allowed.includes(value) ? undefined : text);
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isGenerator(value: unknown): value is string | Readonly<Record<string, unknown>> {
  if (isText(value)) return true;
  return isRecord(value) && isText(value.name) && value.name !== '' && typeof value.generate === 'function';
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
