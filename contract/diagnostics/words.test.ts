import { globSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

/**
 * Words that users stumbled over, and what to write instead. What users read is plain, current technical English in the
 * field's terms; a term that is found wanting is added here with the change that removes it.
 */
const BANNED: readonly (readonly [RegExp, string])[] = [
  [/\b[Mm]end(s|ed|ing)?\b/, 'fix'],
  [/\bleads? nowhere\b/, 'does not resolve'],
  [/\bmeans nothing\b/, 'unknown'],
  [/\bfor ever\b/, 'catastrophic backtracking, or: never ends'],
  [/\bneed not become\b/, 'not every ... becomes'],
  [/\banswers? for (it|a service)\b/, 'owner'],
  [/\bno such word\b/, 'no such keyword'],
  [/\binjur(e|es|ed|y|ies)\b|\bhurts?\b|\bvictims?\b/, 'affects, breaks'],
  [/\b[Ww]hoever\b/, 'a noun: the service, the reader, the caller'],
  [/\bstrangers\b/, 'unknown properties'],
  [/\beditions?\b/, 'dialect, version'],
  [/\bMeant\?/, 'Intended?'],
  [/\b(a|the|of) texts?\b(?! (report|file|format|of the))/, 'string'],
];

/** What a person may read only as a text of the table, where there is always a noun for it. */
const BANNED_IN_MESSAGES: typeof BANNED = [
  ...BANNED,
  [/\b[Nn]obody\b|\b[Ee]verybody\b|\b[Aa]nybody\b/, 'a noun, or the passive'],
  [/\b[Tt]ake (it|one of them|them) out\b/, 'remove'],
];

const ROOT = new URL('../../', import.meta.url);
const read = (file: string) => readFileSync(new URL(file, ROOT), 'utf8');
const withoutComments = (text: string) => text.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');

function wordsIn(text: string, banned: typeof BANNED): string[] {
  return banned.flatMap(([word, instead]) => {
    const [found] = word.exec(text) ?? [];
    return found === undefined ? [] : [`${found}: write ${instead}`];
  });
}

it.each(globSync('contract/diagnostics/*-codes.ts', { cwd: ROOT }))('%s', (file) => {
  expect(wordsIn(withoutComments(read(file)), BANNED_IN_MESSAGES)).toEqual([]);
});

it.each([
  'cli/commands/commands.ts',
  'contract/structure/hints.ts',
  'contract/lint/keywords.ts',
  'contract/source/yaml-fault.ts',
  'schema/evaluate/describe.ts',
  'README.md',
  'CONTRIBUTING.md',
  ...globSync('compat/rules/*.ts', { cwd: ROOT }),
  ...globSync('compat/judge/*.ts', { cwd: ROOT }),
  ...globSync('cli/report/compat-*.ts', { cwd: ROOT }),
  ...globSync('{cli,runtime,schema}/README.md', { cwd: ROOT }),
  ...globSync('docs/*.md', { cwd: ROOT }),
  ...globSync('docs/compat/**/*.md', { cwd: ROOT }),
  ...globSync('docs/diagnostics/**/*.md', { cwd: ROOT }),
])('%s', (file) => {
  expect(wordsIn(withoutComments(read(file)), BANNED)).toEqual([]);
});
