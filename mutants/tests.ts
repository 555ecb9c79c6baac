import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import type { TestReply, TestRequest } from './tester.ts';

/** How long (ms) nothing may end before the tests count as endless: a mutation may make a loop so. */
const PATIENCE_MS = 120_000;

/** The tests of a copy of the repository, in a process of their own that is started when it is first asked. */
export class Tests {
  readonly #copy: string;
  #process: ChildProcess | undefined;

  constructor(copy: string) {
    this.#copy = copy;
  }

  /** Runs test files in their order until one fails or does not end, and returns that one. */
  firstFailure(request: TestRequest): Promise<string | undefined> {
    this.#process ??= this.#start();
    const child = this.#process;
    return new Promise((resolve) => {
      let at = request.tests[0];
      const end = (failed: string | undefined) => {
        clearTimeout(timer);
        child.removeAllListeners();
        resolve(failed);
      };
      const giveUp = () => {
        this.stop();
        end(at);
      };
      const timer = setTimeout(giveUp, PATIENCE_MS);
      child.on('message', (it: TestReply) => {
        if (it.kind === 'end') return end(it.failed);
        at = it.test;
        timer.refresh();
      });
      child.once('exit', giveUp);
      child.send(request);
    });
  }

  /** Ends the process with all that it started. */
  stop(): void {
    const pid = this.#process?.pid;
    this.#process = undefined;
    if (pid === undefined) return;
    try {
      process.kill(-pid, 'SIGKILL');
    } catch {
      // It has ended by itself.
    }
  }

  #start(): ChildProcess {
    return fork(join(this.#copy, 'mutants/tester.ts'), {
      cwd: this.#copy,
      detached: true,
      stdio: process.env.MUTANTS_VERBOSE ? 'inherit' : ['ignore', 'ignore', 'ignore', 'ipc'],
    });
  }
}
