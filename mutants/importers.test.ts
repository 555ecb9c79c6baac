import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { trackedFiles } from './copy.ts';
import { importersOf, testsOf } from './importers.ts';

const ROOT = join(import.meta.dirname, '..');

describe('the tests of a file', () => {
  const importers = importersOf(ROOT, trackedFiles(ROOT));
  const contract = testsOf('contract/load/flow-names.ts', importers);

  it('begin with the one of its name', () => {
    expect(contract[0]).toBe('contract/load/flow-names.test.ts');
  });

  it('are those of other folders too, behind its own', () => {
    const [own, other] = ['contract/load/load.test.ts', 'compat/cases.test.ts'].map((it) =>
      contract.indexOf(it),
    );
    expect(own).toBeGreaterThan(0);
    expect(other).toBeGreaterThan(own ?? 0);
  });

  it('are none that do not import it, nor those that need servers', () => {
    expect(contract.filter((it) => it.startsWith('runtime/'))).toEqual([]);
    expect(testsOf('runtime/outbox/relay.ts', importers).filter((it) => it.includes('.int.'))).toEqual([]);
  });

  it('are those too that start it by the name of its file', () => {
    expect(testsOf('cli/main.ts', importers)).toContain('cli/commands/mock.e2e.test.ts');
  });
});
