import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { trackedFiles } from './copy.ts';
import { importersOf, testsOf } from './importers.ts';
import { mutate } from './mutations.ts';
import type { Mutant } from './sample.ts';
import type { Tests } from './tests.ts';

/** Mutations, tried one after another in the same copy. */
export class Trial {
  readonly #copy: string;
  readonly #tests: Tests;
  readonly #most: number;
  readonly #importers: ReturnType<typeof importersOf>;
  /** Test files that are known to pass, or to fail, without a mutation. */
  readonly #passing = new Set<string>();
  readonly #failing = new Set<string>();

  constructor(copy: string, tests: Tests, most: number) {
    this.#copy = copy;
    this.#tests = tests;
    this.#most = most;
    this.#importers = importersOf(copy, trackedFiles(copy));
  }

  /** The first test file that fails because of the mutation. One that fails without it as well proves nothing. */
  async seenBy({ file, mutation }: Mutant): Promise<string | undefined> {
    const path = join(this.#copy, file);
    const text = readFileSync(path, 'utf8');
    const nearest = testsOf(file, this.#importers).slice(0, this.#most);
    for (;;) {
      const tests = nearest.filter((it) => !this.#failing.has(it));
      if (tests.length === 0) return undefined;
      writeFileSync(path, mutate(text, mutation));
      const failed = await this.#tests.firstFailure({ changed: path, tests });
      writeFileSync(path, text);
      if (failed === undefined || this.#passing.has(failed)) return failed;
      if ((await this.#tests.firstFailure({ changed: path, tests: [failed] })) === undefined) {
        this.#passing.add(failed);
        return failed;
      }
      this.#failing.add(failed);
      process.stderr.write(`${failed} fails without a mutation too, and is left out.\n`);
    }
  }
}
