/**
 * The process that runs tests in a copy of the repository, one request after another. It keeps Vitest between requests, so that only the
 * file that changed is read and transformed again.
 */
import { resolve } from 'node:path';
import { BaseSequencer, createVitest, type TestModule, type TestSpecification } from 'vitest/node';

export interface TestRequest {
  /** The file that is changed. That of the last request is what it was before, or what it is now. */
  readonly changed: string;
  /** Test files, run in this order until one fails. */
  readonly tests: readonly string[];
}

/** `at`: something happened in this test file. `end`: all are through, or `failed` is the first that failed. */
export type TestReply =
  | { readonly kind: 'at'; readonly test: string }
  | { readonly kind: 'end'; readonly failed: string | undefined };

class InGivenOrder extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return files;
  }
}

let at: string | undefined;
/** The first test file of this request that failed. What Vitest returns tells of earlier requests too. */
let failed: string | undefined;
let lastChanged: string | undefined;
const reply = (it: TestReply) => process.send?.(it);
const isAt = (module: TestModule) => {
  at = module.relativeModuleId;
  reply({ kind: 'at', test: at });
};

const vitest = await createVitest({
  watch: false,
  bail: 1,
  // A missing golden is a failure, not a file to write.
  update: 'none',
  maxWorkers: 1,
  // Who asks has the time: here a busy machine would look like a failure.
  testTimeout: 0,
  hookTimeout: 0,
  sequence: { sequencer: InGivenOrder },
  reporters: [
    {
      onTestModuleStart: isAt,
      onTestCaseResult: ({ module }) => isAt(module),
      onTestModuleEnd: (module) => {
        if (module.state() === 'failed') failed ??= module.relativeModuleId;
      },
    },
  ],
});
await vitest.standalone();

process.on('message', async ({ changed, tests }: TestRequest) => {
  at = tests[0];
  failed = undefined;
  for (const file of new Set([lastChanged ?? changed, changed])) vitest.invalidateFile(resolve(file));
  lastChanged = changed;
  const specifications = tests.flatMap((it) => vitest.getModuleSpecifications(resolve(it)));
  const { unhandledErrors } = await vitest.runTestSpecifications(specifications);
  // An error outside of a test: the worker died, for instance.
  reply({ kind: 'end', failed: failed ?? (unhandledErrors.length > 0 ? at : undefined) });
});
