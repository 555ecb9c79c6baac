import { join } from 'node:path';
import { load, memoryReader } from '@chirograph/contract/load';
import { describe, expect, it } from 'vitest';
import { compatMarkdown } from '../../cli/report/compat-markdown.ts';
import { compatText } from '../../cli/report/compat-text.ts';
import { compare, judge } from '../index.ts';
import { SHOP_CHANGES, withChange, withoutDefinition } from './changes.ts';
import { filesOf } from './files-of.ts';

/** The report that a reviewer would want of each change. Bring them up to date with `vitest run compat -u`. */
describe('ten changes', () => {
  const bases = new Map(['shop', 'loyalty'].map((domain) => [domain, filesOf(`specs/${domain}`)]));

  it.each(SHOP_CHANGES.map((it) => [it.name, it] as const))('%s', async (name, change) => {
    const files = bases.get(change.domain) ?? {};
    const changed = withChange(files, change);
    if (name === '10-retire-a-version') {
      const file = 'specs/loyalty/loyalty.asyncapi.yaml';
      changed[file] = withoutDefinition(changed[file] ?? '', 'PointsEarnedV1', 'PointsEarned');
    }
    const [base, head] = [load(memoryReader(files)), load(memoryReader(changed))];
    expect(head.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    const changes = compare(base.workspace, head.workspace);
    const findings = judge({ base: base.workspace, head: head.workspace, changes }, { today: '2026-06-01' });
    const report = {
      findings,
      base: base.workspace,
      head: head.workspace,
      against: 'main',
      prefix: '',
      seconds: 0,
      color: false,
    };
    await expect(compatText(report)).toMatchFileSnapshot(join(import.meta.dirname, 'golden', `${name}.txt`));
    await expect(compatMarkdown(report)).toMatchFileSnapshot(
      join(import.meta.dirname, 'golden', `${name}.md`),
    );
  });
});
