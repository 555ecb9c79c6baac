import { existsSync, globSync, readFileSync } from 'node:fs';
import { checkReaders } from '@chirograph/compat/readers';
import { describe, expect, it } from 'vitest';
import { CODES, type Diagnostic, type DiagnosticCode, type Place, regionOf } from '../diagnostics/index.ts';
import { load, memoryReader } from '../load/index.ts';
import { lint, RULES } from './index.ts';

/** A page is a case too: what it calls wrong has the finding, what it calls right has not. */
const codes = Object.keys(CODES) as DiagnosticCode[];

/** These are about files, the network and what a user accepts; cli/commands/validate.test.ts, cli/baseline and cli/remote have their cases. */
const WITHOUT_EXAMPLES: readonly DiagnosticCode[] = [
  'document/ignore-invalid',
  'file/unreadable',
  'reference/changed',
  'reference/unfetched',
];

const PAGES = new URL('../../docs/diagnostics/', import.meta.url);
const SKELETON = 'asyncapi: 3.0.0\ninfo: { title: Orders, version: 1.0.0, contact: { name: Orders team } }\n';

describe.each(codes)('%s', (code) => {
  const file = new URL(`${code}.md`, PAGES);
  const page = existsSync(file) ? readFileSync(file, 'utf8') : '';

  it('has a page that says what, why and how to turn it off', () => {
    expect(page).toContain(`# ${code}\n`);
    expect(page).toContain(CODES[code].title);
    expect(page).toContain('## Why it matters');
    expect(page).toContain(`'${code}': 'off'`);
  });

  it('is found in what the page calls wrong', () => {
    const wrong = findings(page, 'bad');
    if (WITHOUT_EXAMPLES.includes(code)) expect(wrong).toEqual([]);
    else expect(wrong.map((it) => it.code)).toContain(code);
  });

  it('is not found in what the page calls right', () => {
    expect(findings(page, 'good').map((it) => it.code)).not.toContain(code);
  });
});

it('reports what the pages call wrong with these words, at these places', async () => {
  const shown = codes.map((code) => {
    const files = filesOf(readFileSync(new URL(`${code}.md`, PAGES), 'utf8'), 'bad');
    const own = findingsIn(files).filter((it) => it.code === code);
    return [`# ${code}`, ...own.map((it) => wordsOf(it, files))].join('\n\n');
  });
  await expect(`${shown.join('\n\n')}\n`).toMatchFileSnapshot('golden/pages.txt');
});

it('has no page of a code that does not exist', () => {
  const pages = globSync('**/*.md', { cwd: PAGES }).map((file) => file.replace(/\.md$/, ''));
  expect(pages.filter((code) => !Object.hasOwn(CODES, code))).toEqual([]);
});

it('knows every code that a rule names, and every rule names one', () => {
  expect(RULES.flatMap((rule) => rule.codes).filter((code) => !Object.hasOwn(CODES, code))).toEqual([]);
  expect(RULES.filter((rule) => rule.codes.length === 0)).toEqual([]);
});

/** What is found in the examples of a page, with every rule on. */
function findings(page: string, kind: 'bad' | 'good'): Diagnostic[] {
  return findingsIn(filesOf(page, kind));
}

function filesOf(page: string, kind: 'bad' | 'good'): Record<string, string> {
  const files: Record<string, string> = {};
  for (const [, of, name = 'orders.asyncapi.yaml', text = ''] of page.matchAll(
    /^```yaml (bad|good|both) ?(\S+)?\n([\s\S]*?)^```/gm,
  )) {
    if (of !== kind && of !== 'both') continue;
    files[`shop/${name}`] = /^(a\w*api|arazzo):/.test(text) ? text : SKELETON + text;
  }
  return files;
}

function findingsIn(files: Readonly<Record<string, string>>): Diagnostic[] {
  const { workspace, diagnostics } = load(memoryReader(files));
  return [...diagnostics, ...lint(workspace, { preset: 'strict' }), ...checkReaders(workspace, {})];
}

/** All that a diagnostic says, each place with the text that is marked there. */
function wordsOf(found: Diagnostic, files: Readonly<Record<string, string>>): string {
  const shown = (place: Place) => {
    const { line, column, start, end } = regionOf({ file: place.file, text: files[place.file] ?? '' }, place);
    const [first] = (files[place.file] ?? '').slice(start, end).split('\n');
    return `${place.file}:${line}:${column} ${first}`;
  };
  return [
    `${found.severity}: ${found.message}`,
    `  at ${shown(found.at)}`,
    ...(found.note === undefined ? [] : [`  note: ${found.note}`]),
    ...(found.fix === undefined ? [] : [`  fix: ${found.fix}`]),
    ...found.related.map(({ message, at }) => `  related: ${message} ${shown(at)}`),
  ].join('\n');
}
