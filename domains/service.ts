/**
 * `npm run service shop`: the services of a domain in one process; `npm run service shop/order shop/payment`: some of them. Ends by SIGTERM, after what is
 * under way.
 */
import { jsonLog, type Observe, type Service } from '@chirograph/runtime';
import { recordCoverage } from '@chirograph/runtime/testing';
import { believing } from './shared/http/caller.ts';
import { openBroker } from './shared/infrastructure/broker.ts';
import { type Infrastructure, infrastructureUsage, readOptions } from './shared/infrastructure/options.ts';
import { openStore } from './shared/infrastructure/store.ts';
import type { WireOptions } from './shared/wiring/wiring.ts';

/** What is outside of a domain (payment providers, mail, partners) is played by its sandbox. */
const DOMAINS: Readonly<Record<string, () => Promise<{ sandbox(options: WireOptions): Service }>>> = {
  loyalty: () => import('./loyalty/sandbox.ts'),
  shop: () => import('./shop/sandbox.ts'),
  ticketing: () => import('./ticketing/sandbox.ts'),
  checkout: () => import('./checkout/sandbox.ts'),
  'learning-platform': () => import('./learning-platform/sandbox.ts'),
};

const usage = `Usage: npm run service -- <domain>[/<service>] ... [options]

Runs the services of a domain (${Object.keys(DOMAINS).join(', ')}) in one process, or those
that are named. Services that run in processes of their own meet at a broker and share a store:

  npm run service -- shop/order --broker nats://127.0.0.1:4222 --store postgres

${infrastructureUsage}
CHIROGRAPH_SCHEMA names the schema at PostgreSQL; it is called after the domain without it.
CHIROGRAPH_PORT has commands taken over HTTP: /<service>/openapi.json says how. Callers are
believed (Authorization: Bearer user:<id> or admin:<id>): what runs here is a sandbox.
Ends by SIGTERM or SIGINT, when what is under way is done; with 2 if it cannot begin.
`;

/** The domain that is named, and its services where some are. */
function readNames(names: readonly string[]): { readonly domain: string; readonly only?: readonly string[] } {
  const parts = names.map((it) => it.split('/'));
  const [[domain = ''] = []] = parts;
  if (!(domain in DOMAINS))
    throw new UsageError(`Which domain? There are ${Object.keys(DOMAINS).join(', ')}.`);
  if (parts.some(([other]) => other !== domain))
    throw new UsageError('A process runs services of one domain.');
  const only = parts.flatMap(([, service]) => service ?? []);
  if (only.length > 0 && only.length < parts.length)
    throw new UsageError(`${domain} is all of its services; name it alone, or the services.`);
  return only.length === 0 ? { domain } : { domain, only };
}

class UsageError extends Error {
  override readonly name = 'Misuse';
}

async function run(names: readonly string[], { broker: url, store: where }: Infrastructure): Promise<void> {
  const { domain, only } = readNames(names);
  if (only && (url === undefined || where === undefined))
    throw new UsageError('Services in processes of their own need --broker and --store: they meet there.');
  const { broker, name: brokerName } = await openBroker(url, domain);
  const { CHIROGRAPH_SCHEMA: schema = domain.replaceAll('-', '_') } = process.env;
  const { store, name: storeName } = await openStore(where, schema);
  const log = jsonLog((line) => process.stderr.write(`${line}\n`));
  const coverage = recordCoverage();
  const observe: Observe = (it) => {
    log(it);
    coverage.observe(it);
  };
  const { CHIROGRAPH_PORT: port } = process.env;
  const listening = (bound: number) => process.stdout.write(`listens on http://127.0.0.1:${bound}\n`);
  const http = port === undefined ? undefined : { port: Number(port), authenticate: believing, listening };
  const sandboxed = (await DOMAINS[domain]?.())?.sandbox({
    store,
    broker,
    observe,
    ...(only && { only }),
    ...(http && { http }),
  });
  if (!sandboxed) return;
  const running = sandboxed.run();
  process.stdout.write(`${sandboxed.name} runs on ${brokerName} and ${storeName}\n`);
  await running;
}

const options = readOptions(process.argv.slice(2), process.env);
if (options.kind === 'help') {
  process.stdout.write(usage);
} else if (options.kind === 'misuse') {
  process.stderr.write(`${options.message}\n\n${usage}`);
  process.exitCode = 2;
} else {
  try {
    await run(options.names, options);
  } catch (error) {
    const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
    const isExpected = ['Misuse', 'BrokerUnavailableError', 'StoreUnavailableError', 'NoService'].includes(
      name,
    );
    process.stderr.write(`${isExpected ? message : stack}\n${name === 'Misuse' ? `\n${usage}` : ''}`);
    process.exitCode = 2;
  }
}
