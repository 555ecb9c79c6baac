import { catalogOf, siteFiles } from '@chirograph/catalog';
import { folderReader, load, memoryReader, type Reader } from '@chirograph/contract/load';
import { ring } from './catalog-ring.ts';

/**
 * What a catalog costs, in processor time beside that of loading the same contracts in the same run, and how large it
 * gets. Nothing is written.
 *
 *   node bench/catalog.ts [messages...]      default: the contracts of this repository, then 1000
 *   node bench/catalog.ts 10000              500 services, each of which refers to the next one's types
 */

const sizes = process.argv.slice(2).map(Number);
if (sizes.length === 0)
  measure('this repository', folderReader(new URL('..', import.meta.url).pathname, ['specs']));
for (const size of sizes.length > 0 ? sizes : [1000]) measure(`${size} in a ring`, memoryReader(ring(size)));

function measure(name: string, reader: Reader): void {
  const started = seconds();
  const { workspace } = load(reader);
  const loaded = seconds();
  let files = 0;
  let bytes = 0;
  let search = 0;
  for (const { path, text } of siteFiles(catalogOf(workspace))) {
    files += 1;
    bytes += Buffer.byteLength(text);
    if (path === 'assets/search.js') search = Buffer.byteLength(text);
  }
  const done = seconds();
  const ratio = (done - loaded) / (loaded - started);
  process.stdout.write(
    `${name}: ${workspace.messages.length} messages, load ${(loaded - started).toFixed(2)} s, site ${(done - loaded).toFixed(2)} s (${ratio.toFixed(1)} times loading), ${files} files, ${(bytes / 1e6).toFixed(1)} MB, search ${(search / 1e6).toFixed(2)} MB, ${Math.round(process.memoryUsage().rss / 1e6)} MB of memory\n`,
  );
}

/** Of this process, user and system. */
function seconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}
