import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compatText } from '../../cli/report/compat-text.ts';
import { folderReader, load } from '../load/index.ts';
import { compare, judge, RULES } from './index.ts';

/** Every rule has a case: two states of contracts and the report on what lies between them. */
const CASES = join(import.meta.dirname, 'cases');

const cases = readdirSync(CASES).flatMap((area) =>
  readdirSync(join(CASES, area)).map((it) => `${area}/${it}`),
);

describe('cases', () => {
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
      seconds: 0,
      color: false,
    });
    await expect(report).toMatchFileSnapshot(join(CASES, name, 'expected.txt'));
  });

  it('stand for every rule; headers share those of payloads', () => {
    const missing = Object.keys(RULES)
      .filter((code) => !code.startsWith('headers/'))
      .filter((code) => !cases.includes(code));
    expect(missing).toEqual([]);
  });
});
