/**
 * Appends at a version of one stream whenever it is told one, against others that do the same. `appender.ts <store as JSON> [any]`,
 * a version a line on standard input.
 */
import { createInterface } from 'node:readline';
import { openStore } from './service.ts';

const [spec = '{}', any] = process.argv.slice(2);
const store = await openStore(JSON.parse(spec));
process.stdout.write('1 ready\n');
for await (const version of createInterface({ input: process.stdin })) {
  const expected = any ? 'any' : Number(version);
  const { kind } = await store.transaction((tx) =>
    tx.events.append('race', expected, [{ type: 'ran' }], { at: 0 }),
  );
  process.stdout.write(`1 ${kind === 'appended' ? 'won' : 'conflict'}\n`);
}
await store.close();
