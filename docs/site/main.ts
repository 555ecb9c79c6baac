import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { apiPages } from './api-pages.ts';
import { sitePages } from './pages.ts';

const HELP = `The documentation site: the guides of docs/ and a reference made from the code.

  npm run docs                    serve it on http://127.0.0.1:4500 until Ctrl-C
  npm run docs -- --port 8080     serve it on another port
  npm run docs -- --build         build it into docs/site/dist and exit
  npm run docs -- --check         build it, look at it in Chromium and exit
  npm run docs -- --help

Exit codes: 0 done, 1 the site has faults, 2 wrong use or failure.
`;

const HERE = dirname(fileURLToPath(import.meta.url));
const CONTENT = join(HERE, 'content');

process.exitCode = await main();

async function main(): Promise<number> {
  const options = {
    port: { type: 'string', default: '4500' },
    build: { type: 'boolean', default: false },
    check: { type: 'boolean', default: false },
    pictures: { type: 'string' },
    help: { type: 'boolean', default: false },
  } as const;
  let values: ReturnType<typeof parseArgs<{ options: typeof options }>>['values'];
  try {
    values = parseArgs({ options }).values;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${HELP}`);
    return 2;
  }
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  // Neither a script of a package nor the network beyond the registry is needed.
  execFileSync('npm', ['ci', '--ignore-scripts', '--silent'], { cwd: HERE, stdio: 'inherit' });
  writeContent([...sitePages(), ...apiPages()]);
  const vitepress = join(HERE, 'node_modules/vitepress/bin/vitepress.js');
  if (!values.build && !values.check) {
    const served = spawnSync(process.execPath, [vitepress, 'dev', HERE, '--port', values.port], {
      stdio: 'inherit',
    });
    return served.status ?? 2;
  }
  const built = spawnSync(process.execPath, [vitepress, 'build', HERE], { stdio: 'inherit' });
  if (built.status !== 0) return 1;
  if (!values.check) return 0;
  const browser = join(HERE, '../../catalog/browser');
  execFileSync('npm', ['ci', '--ignore-scripts', '--silent'], { cwd: browser, stdio: 'inherit' });
  const { checkSite } = await import('./check.ts');
  return (await checkSite(join(HERE, 'dist'), values.pictures)) ? 0 : 1;
}

/** Replaces what an earlier run wrote. The folder itself stays: a running `dev` watches it. */
function writeContent(pages: readonly { readonly path: string; readonly text: string }[]): void {
  mkdirSync(CONTENT, { recursive: true });
  for (const name of readdirSync(CONTENT)) rmSync(join(CONTENT, name), { recursive: true });
  for (const { path, text } of pages) {
    const file = join(CONTENT, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}
