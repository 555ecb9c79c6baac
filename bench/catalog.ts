import { catalogOf, siteFiles } from '@chirograph/catalog';
import { folderReader, load, memoryReader, type Reader } from '@chirograph/contract/load';

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

/** Twenty messages a service, ten domains; each service receives what the next one sends and uses its types. */
function ring(size: number): Record<string, string> {
  const services = Math.ceil(size / 20);
  const files: Record<string, string> = {};
  const fileOf = (s: number) => `specs/domain-${s % 10}/service${s}.asyncapi.yaml`;
  for (let s = 0; s < services; s += 1) {
    const next = `../../${fileOf((s + 10) % services)}`;
    const numbers = Array.from({ length: Math.min(20, size - s * 20) }, (_, m) => m);
    files[fileOf(s)] = JSON.stringify({
      asyncapi: '3.1.0',
      info: { title: `Service ${s}`, version: '1.0.0', contact: { name: `Team ${s % 40}` } },
      channels: Object.fromEntries(
        numbers.flatMap((m) => [
          [
            `c${m}`,
            {
              address: `domain-${s % 10}.service${s}.thing${m}.happened`,
              messages: { M: { $ref: `#/components/messages/M${m}` } },
            },
          ],
          [`n${m}`, { $ref: `${next}#/channels/c${m}` }],
        ]),
      ),
      operations: Object.fromEntries(
        numbers.flatMap((m) => [
          [
            `send${m}`,
            { action: 'send', summary: `Thing ${m} happened.`, channel: { $ref: `#/channels/c${m}` } },
          ],
          [`on${m}`, { action: 'receive', summary: 'Follow it.', channel: { $ref: `#/channels/n${m}` } }],
        ]),
      ),
      components: {
        messages: Object.fromEntries(
          numbers.map((m) => [
            `M${m}`,
            {
              name: `domain-${s % 10}.service${s}.thing${m}.happened`,
              title: `Thing ${m} of ${s} happened`,
              summary: `The thing number ${m} of service ${s} came to pass.`,
              'x-contract': { version: '1.0', aggregate: `Aggregate${s}` },
              payload: {
                type: 'object',
                required: ['id', 'amount'],
                properties: {
                  id: { type: 'string', format: 'uuid' },
                  amount: { type: 'integer', minimum: 0 },
                  [`field${m}of${s}`]: { type: 'string', description: 'A field of its own.' },
                  shared: { $ref: '#/components/schemas/Shared' },
                },
              },
              examples: [{ payload: { id: '0cb1e29c-658c-4a14-95e6-0af593bd04cf', amount: 3 } }],
            },
          ]),
        ),
        schemas: {
          Shared: { type: 'object', properties: { next: { $ref: `${next}#/components/schemas/Leaf` } } },
          Leaf: { type: 'object', description: 'A leaf.', properties: { leaf: { type: 'string' } } },
        },
      },
    });
  }
  return files;
}
