import { parseArgs } from 'node:util';
import { eventCatalogOf } from '@chirograph/catalog';
import { build } from './build.ts';
import { install } from './install.ts';
import { loadWorkspace } from './load-workspace.ts';
import { serve } from './serve.ts';

const HELP = `Builds the event catalog from the contracts and serves it on this machine.

  npm run eventcatalog                    build, then serve on http://127.0.0.1:4400 until Ctrl-C
  npm run eventcatalog -- --port 8080     serve elsewhere; 0 takes any free port
  npm run eventcatalog -- --build-only    build into catalog/eventcatalog/site/project/dist and end
  npm run eventcatalog -- --check         build, look at the site in Chromium and end
  npm run eventcatalog -- --help

The first run installs EventCatalog's packages (about 1.3 GB) into catalog/eventcatalog/site/node_modules.
Exit codes: 0 done, 1 the contracts or the site have faults, 2 misuse or failure.
`;

type Request =
  | { readonly kind: 'help' }
  | { readonly kind: 'misuse'; readonly reason: string }
  | { readonly kind: 'check' }
  | { readonly kind: 'build' }
  | { readonly kind: 'serve'; readonly port: number };

process.exitCode = await main(readRequest(process.argv.slice(2)));

async function main(request: Request): Promise<number> {
  if (request.kind === 'help') {
    process.stdout.write(HELP);
    return 0;
  }
  if (request.kind === 'misuse') {
    process.stderr.write(`${request.reason}\n\n${HELP}`);
    return 2;
  }
  try {
    if (request.kind === 'serve') return await serveCatalog(request.port);
    if (!(await buildCatalog())) return 1;
    return request.kind === 'check' ? await checkCatalog() : 0;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return 2;
  }
}

async function buildCatalog(): Promise<boolean> {
  const { workspace, diagnostics } = loadWorkspace();
  for (const { severity, code, message, at } of diagnostics) {
    process.stderr.write(`${severity}  ${code}  ${message}\n  ${at.file}#${at.pointer}\n`);
  }
  if (diagnostics.some((it) => it.severity === 'error')) return false;

  const files = eventCatalogOf(workspace);
  await install(say);
  const start = performance.now();
  const built = await build(files, say);
  switch (built.kind) {
    case 'kept':
      say('Nothing has changed since the last build.');
      return true;
    case 'built':
      say(
        `Built in ${Math.round((performance.now() - start) / 1000)} s into catalog/eventcatalog/site/project/dist.`,
      );
      if (built.refused.length > 0)
        say(`EventCatalog was kept from reporting to ${built.refused.join(', ')}.`);
      return true;
    case 'failed':
      process.stderr.write(`${built.output}\nEventCatalog could not build the site.\n`);
      return false;
  }
}

/** Loaded on demand: it takes a browser's driver with it. */
async function checkCatalog(): Promise<number> {
  const { check } = await import('./check.ts');
  return check(say);
}

/** Listens before it builds: a port that is taken should not be found out after minutes. */
async function serveCatalog(port: number): Promise<number> {
  const { url, close } = await serve(port);
  try {
    if (!(await buildCatalog())) return 1;
    say(`\n  ${url}\n\nCtrl-C ends it.`);
    await new Promise((resolve) => {
      process.once('SIGINT', resolve);
      process.once('SIGTERM', resolve);
    });
    return 0;
  } finally {
    close();
  }
}

function readRequest(args: readonly string[]): Request {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        port: { type: 'string', default: '4400' },
        'build-only': { type: 'boolean', default: false },
        check: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
    if (values.help) return { kind: 'help' };
    const port = Number(values.port);
    if (!/^\d+$/.test(values.port) || port > 65_535) {
      return { kind: 'misuse', reason: `--port wants a number from 0 to 65535, not ${values.port}.` };
    }
    if (values.check) return { kind: 'check' };
    return values['build-only'] ? { kind: 'build' } : { kind: 'serve', port };
  } catch (error) {
    return { kind: 'misuse', reason: error instanceof Error ? error.message : String(error) };
  }
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
