import { existsSync, globSync, mkdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { extname, join } from 'node:path';
import { openBrowser, type Page } from '../../catalog/browser/browser.ts';

const AXE = readFileSync(
  createRequire(new URL('../../catalog/browser/', import.meta.url)).resolve('axe-core/axe.min.js'),
  'utf8',
);
const SIZES = [390, 1440] as const;
const SCHEMES = ['light', 'dark'] as const;

/** A page of each kind. Of these the content is checked; the frame around it is VitePress's. */
const PAGES = [
  '',
  'start',
  'runtime',
  'compat',
  'comparison',
  'contributing',
  'commands/validate',
  'config',
  'diagnostics/',
  'diagnostics/message/example-invalid',
  'compat/payload/type-changed',
  'api/runtime/postgres',
];

/**
 * Looks at the built site in Chromium: pages of every kind on a phone and on a wide screen, light and dark; every link of every page;
 * the search. Prints a line a check; false where one failed.
 * @param pictures a folder for screenshots
 */
export async function checkSite(dist: string, pictures: string | undefined): Promise<boolean> {
  let failed = 0;
  let passed = 0;
  const check = (name: string, faults: readonly string[]) => {
    if (faults.length === 0) passed += 1;
    else failed += 1;
    process.stdout.write(
      faults.length === 0 ? `ok    ${name}\n` : `FAIL  ${name}\n      ${faults.join('\n      ')}\n`,
    );
  };
  check('every link leads to a page', brokenLinks(dist));

  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://site').pathname);
    const file = fileOf(dist, path);
    if (file === undefined) return response.writeHead(404).end();
    return response
      .writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream' })
      .end(readFileSync(file));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
  const browser = await openBrowser((line) => process.stdout.write(`${line}\n`));
  try {
    for (const width of SIZES) {
      for (const colorScheme of SCHEMES) {
        const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme });
        const errors: string[] = [];
        page.on('pageerror', (error) => errors.push(error.message));
        page.on('request', (request) => {
          if (!request.url().startsWith(url) && !request.url().startsWith('data:'))
            errors.push(`asks for ${request.url()}`);
        });
        for (const path of PAGES) {
          errors.length = 0;
          const response = await page.goto(`${url}/${path}`, { waitUntil: 'networkidle' });
          const faults = response?.ok() ? await faultsOf(page) : [`status ${response?.status()}`];
          check(`/${path} at ${width}, ${colorScheme}`, [...errors, ...faults]);
          if (pictures !== undefined) {
            mkdirSync(pictures, { recursive: true });
            await page.screenshot({
              path: join(pictures, `${path.replaceAll('/', '-') || 'home'}-${width}-${colorScheme}.png`),
            });
          }
        }
        await page.close();
      }
    }
    check('the search finds the outbox on PostgreSQL', await searchFaults(await browser.newPage(), url));
  } finally {
    await browser.close();
    server.close();
  }
  process.stdout.write(`\n${passed} passed, ${failed} failed\n`);
  return failed === 0;
}

async function faultsOf(page: Page): Promise<string[]> {
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  await page.addScriptTag({ content: AXE });
  const serious = await page.evaluate(async () => {
    type Axe = {
      run(
        within: string,
      ): Promise<{ violations: { impact: string; id: string; nodes: { html: string }[] }[] }>;
    };
    const { violations } = await (globalThis as unknown as { axe: Axe }).axe.run('.VPContent');
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => `axe: ${id}: ${nodes[0]?.html.slice(0, 160)}`);
  });
  return [...(wide > 0 ? [`scrolls sideways by ${wide} px`] : []), ...serious];
}

async function searchFaults(page: Page, url: string): Promise<string[]> {
  await page.goto(url, { waitUntil: 'networkidle' });
  await page.locator('.DocSearch-Button').click();
  await page.locator('.VPLocalSearchBox input').fill('outbox postgresql');
  const first = page.locator('.VPLocalSearchBox .result').first();
  await first.waitFor();
  const href = await first.getAttribute('href');
  return href?.startsWith('/runtime') || href?.startsWith('/decisions/')
    ? []
    : [`the first result is ${href}`];
}

/** Links of pages that lead to no file of the site. */
function brokenLinks(dist: string): string[] {
  return globSync('**/*.html', { cwd: dist }).flatMap((file) => {
    const html = readFileSync(join(dist, file), 'utf8');
    const links = [...html.matchAll(/<a [^>]*href="(\/[^"#]*)/g)].map(([, link]) => link ?? '');
    return [...new Set(links)]
      .filter((link) => fileOf(dist, decodeURIComponent(link)) === undefined)
      .map((link) => `${file}: ${link}`);
  });
}

function fileOf(dist: string, path: string): string | undefined {
  const candidates = path.endsWith('/')
    ? [`${path}index.html`]
    : [path, `${path}.html`, `${path}/index.html`];
  return candidates
    .map((it) => join(dist, it))
    .find((it) => it.startsWith(dist) && extname(it) !== '' && existsSync(it));
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
  '.txt': 'text/plain; charset=utf-8',
};
