/** Appends at each version of one stream once, against others that do the same. `appender.ts <store as JSON> <versions> [any]` */
import { openStore } from './service.ts';

const [spec = '{}', versions = '0', any] = process.argv.slice(2);
const store = openStore(JSON.parse(spec));
let [won, conflicts] = [0, 0];
for (let version = 0; version < Number(versions); ) {
  const expected = any ? 'any' : version;
  const appended = await store.transaction((tx) =>
    tx.events.append('race', expected, [{ type: 'ran' }], { at: 0 }),
  );
  if (appended.kind === 'appended') {
    won += 1;
    version += 1;
  } else {
    conflicts += 1;
    version = appended.actualVersion;
  }
}
process.stdout.write(`${won} won\n${conflicts} conflict\n`);
await store.close();
