import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { folderReader, load } from '@chirograph/contract/load';
import type { Source } from '@chirograph/contract/source';
import { describe, expect, it } from 'vitest';
import { compatText } from '../cli/report/compat-text.ts';
import { lineDiff } from '../cli/write/line-diff.ts';
import { compare, judge, RULES } from './index.ts';
import { listOf } from './pages/list-of.ts';
import { pageOf } from './pages/page-of.ts';
import type { ChangeCode } from './rules/rules.ts';

/** Every rule has a case: two states of contracts and the report on what lies between them. */
const CASES = join(import.meta.dirname, 'cases');

const PAGES = join(import.meta.dirname, '../docs/compat');

const cases = readdirSync(CASES).flatMap((area) =>
  readdirSync(join(CASES, area)).map((it) => `${area}/${it}` as ChangeCode),
);

describe('cases, and the pages that show them', () => {
  it.each(cases)('%s', async (name) => {
    const [base, head] = ['base', 'head'].map((side) => load(folderReader(join(CASES, name, side), ['.'])));
    if (!base || !head) throw new Error('unreachable');
    expect([...base.diagnostics, ...head.diagnostics].filter((it) => it.severity === 'error')).toEqual([]);
    const findings = judge(
      { base: base.workspace, head: head.workspace, changes: compare(base.workspace, head.workspace) },
      { today: '2026-06-01' },
    );
    expect(findings.map((it) => it.code)).toContain(name);
    const report = compatText({
      findings,
      base: base.workspace,
      head: head.workspace,
      against: 'main',
      prefix: '',
      seconds: 0,
      color: false,
    });
    await expect(report).toMatchFileSnapshot(join(CASES, name, 'expected.txt'));
    if (name.startsWith('headers/')) return;
    const diff = linesThatDiffer(base.workspace.sources, head.workspace.sources);
    await expect(pageOf(RULES[name], { diff, report })).toMatchFileSnapshot(join(PAGES, `${name}.md`));
  });

  it('stand for every rule; headers share those of payloads', () => {
    const missing = Object.keys(RULES)
      .filter((code) => !code.startsWith('headers/'))
      .filter((code) => !new Set<string>(cases).has(code));
    expect(missing).toEqual([]);
  });

  it('are listed for readers', async () => {
    const own = Object.values(RULES).filter(({ code }) => !code.startsWith('headers/'));
    await expect(listOf(own)).toMatchFileSnapshot(join(PAGES, 'README.md'));
  });
});

type Sources = Readonly<Record<string, Source>>;

function linesThatDiffer(base: Sources, head: Sources): string[] {
  const files = [...new Set([...Object.keys(base), ...Object.keys(head)])].sort();
  return files.flatMap((file) => {
    const [before, after] = [base[file]?.text, head[file]?.text];
    if (before === after) return [];
    if (before === undefined || after === undefined) return [`${before === undefined ? '+' : '-'} ${file}`];
    return lineDiff(before, after, 20);
  });
}
