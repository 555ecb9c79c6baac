/**
 * An inbox that is pruned and dead letters that are listed beside other work. `large-tables.ts <folder> [broken]` fills a store, says that it is
 * ready, begins with the first line on standard input, and says what came out of it.
 */
import { once } from 'node:events';
import { join } from 'node:path';
import { createConsumer, deadLetters, receive } from '../index.ts';
import { memoryBroker } from '../memory/index.ts';
import { type SqliteStore, sqliteStore } from '../sqlite/index.ts';
import { withTransactions } from './breakages.ts';
import { numbered } from './numbered.ts';
import { otherWork } from './other-work.ts';
import { pause } from './until.ts';

export const CLAIMS = 1_000_000;
export const LETTERS = 100_000;

/** In the order of their identities: in another one, filling the table takes ten times as long as all the rest. */
async function fill(store: SqliteStore): Promise<void> {
  await store.transaction(async (tx) => {
    tx.client.exec(`
      WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${CLAIMS})
      INSERT INTO inbox (consumer, identity, at)
      SELECT 'ledger', 'faults.happened ["' || printf('%08x', i * 4000) || hex(randomblob(12)) || '"]', 0 FROM n;
      WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${LETTERS})
      INSERT INTO parked (consumer, ordering_key, dedup, state, dead_at, reason, attempts, parked_at, id, channel, headers, content_type, body)
      SELECT 'ledger', printf('e%06d', i), printf('d%06d', i), 'dead', 1, 'invalid', 1, 1, 'm' || i, 'faults.happened', '{}',
        'application/json', randomblob(300) FROM n;`);
  });
}

async function run(folder: string, isBroken: boolean): Promise<void> {
  const whole = sqliteStore({ file: join(folder, 'store.db') });
  await fill(whole);
  const store = isBroken
    ? withTransactions(whole, (tx) => ({
        inbox: {
          ...tx.inbox,
          prune: (consumer, { keep }) => tx.inbox.prune(consumer, { keep, limit: CLAIMS }),
        },
      }))
    : whole;
  process.stdout.write('1 ready\n');
  await once(process.stdin, 'data');

  const end = otherWork(whole);
  // A consumer prunes when it starts.
  const consumer = createConsumer('ledger', memoryBroker(), { store }, [
    receive(numbered(), () => undefined),
  ]);
  await consumer.start();
  const letters = deadLetters(store);
  let listed = 0;
  const page = isBroken ? LETTERS : 100;
  for (let after: string | undefined; ; ) {
    const found = await letters.list({ limit: page, ...(after && { after }) });
    listed += found.length;
    after = found.at(-1)?.id;
    if (found.length < page) break;
  }
  // Whether one is left: to count a million would be a pause of our own making.
  const isLeft = () =>
    whole.read(async (tx) => tx.client.prepare('SELECT 1 FROM inbox LIMIT 1').get() !== undefined);
  while (await isLeft()) await pause(200);
  await consumer.stop();
  const { longest, longestWork, commits } = await end();
  await whole.close();
  const said = { pruned: CLAIMS, listed, commits, longest, 'longest-work': longestWork };
  for (const [word, count] of Object.entries(said)) process.stdout.write(`${Math.ceil(count)} ${word}\n`);
  process.exitCode = 0;
  process.stdin.destroy();
}

if (process.argv[1] === import.meta.filename) await run(process.argv[2] ?? '', process.argv[3] === 'broken');
