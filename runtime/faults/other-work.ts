/**
 * Small commits one after the other, and how long the longest pause between two of them was. Run as `other-work.ts <file>` it works on a
 * file of its own until standard input ends: what it says then are the pauses that come from the machine.
 */
import type { Store } from '../index.ts';
import { sqliteStore } from '../sqlite/index.ts';
import { pause } from './until.ts';

export interface Pauses {
  readonly commits: number;
  /** Milliseconds of the longest pause. */
  readonly longest: number;
  /** Milliseconds of the processor that this thread took at the most in one pause: the same however much else the machine does. */
  readonly longestWork: number;
}

/** Works until the function that it answers with is called. */
export function otherWork(store: Store): () => Promise<Pauses> {
  let isWorking = true;
  const result = { commits: 0, longest: 0, longestWork: 0 };
  async function work(): Promise<void> {
    let [time, processor] = [performance.now(), processorTime()];
    while (isWorking) {
      await store.transaction((tx) => tx.documents<number>('other').put('work', result.commits));
      const [now, used] = [performance.now(), processorTime()];
      result.longest = Math.max(result.longest, now - time);
      result.longestWork = Math.max(result.longestWork, used - processor);
      [time, processor] = [now, used];
      result.commits += 1;
      await pause(1);
    }
  }
  const working = work();
  return async () => {
    isWorking = false;
    await working;
    return result;
  };
}

function processorTime(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
}

if (process.argv[1] === import.meta.filename) {
  const store = sqliteStore({ file: process.argv[2] ?? '' });
  const end = otherWork(store);
  process.stdout.write('1 ready\n');
  process.stdin.resume().once('end', async () => {
    const { longest } = await end();
    process.stdout.write(`${Math.ceil(longest)} longest\n`);
    await store.close();
  });
}
