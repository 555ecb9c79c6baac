import { posix, relative } from 'node:path';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import base from '../vitest.config.ts';

const { MUTANT_FILE = '', MUTANT_FOLDERS = '' } = process.env;

/** The tests that stand nearest to the mutated file first: most mutations are seen by one of them, and the rest need not run. */
class Nearest extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return files.toSorted((a, b) => distance(a.moduleId) - distance(b.moduleId));
  }
}

/** Folders to climb from the mutated file to one that holds the test too, then those to go down again. */
function distance(test: string): number {
  const folder = posix.relative(posix.dirname(MUTANT_FILE), posix.dirname(relative(process.cwd(), test)));
  const sameName = posix.basename(test).startsWith(`${posix.basename(MUTANT_FILE, '.ts')}.`);
  return folder.split('/').filter(Boolean).length - (sameName ? 0.5 : 0);
}

export default defineConfig({
  test: {
    ...base.test,
    include: MUTANT_FOLDERS.split(',').map((it) => (it === '' ? '**/*.test.ts' : `${it}/**/*.test.ts`)),
    maxWorkers: 1,
    sequence: { sequencer: Nearest },
  },
});
