import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { catalogOf, siteFiles, siteOf } from '@chirograph/catalog';
import { folderReader, load, memoryReader } from '@chirograph/contract/load';
import type { Workspace } from '@chirograph/contract/model';
import type { Browser, Page } from 'playwright-core';
import { codeOf } from '../../cli/catalog/code-of.ts';
import { serveCatalog } from '../../cli/catalog/dev-server.ts';
import { readSettings } from '../../cli/config/read-config.ts';
import { backstageTakes } from './backstage.ts';
import { openBrowser } from './browser.ts';
import { hostileContracts, versionedContracts } from './contracts.ts';
import { asNewcomer } from './newcomer.ts';

/**
 * Looks at the built site in Chromium as its readers do: every kind of page, on a phone and on a wide screen, by day and
 * by night, from `file:`. Prints one line a check, then `N passed, N failed`; exits with 1 where any failed.
 *
 *   node catalog/browser/main.ts [--pictures <folder>]
 */

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const SIZES = [390, 1440] as const;
const SCHEMES = ['light', 'dark'] as const;
/** Below this many pixels text is too small for a phone in the hand. */
const SMALLEST = 12;

/** A page of each kind. */
const OWN = [
  'index',
  'messages',
  'services',
  'channels',
  'flows',
  'domains',
  'owners',
  'glossary',
  'changes',
  'domains/shop',
  'services/shop.order',
  'messages/loyalty.points.earned@2.0',
  'messages/shop.order.placed@1.0',
  'channels/shop.order.placed',
  'flows/shop.orderLife',
  'owners/order-squad',
  'releases/before...now',
];

const pictures = parseArgs({ options: { pictures: { type: 'string' } } }).values.pictures;
const out = mkdtempSync(join(tmpdir(), 'chirograph-site-'));
let passed = 0;
let failed = 0;

const { workspace: own } = load(folderReader(ROOT, ['specs']));
const { workspace: versioned } = load(memoryReader(versionedContracts()));
const { workspace: hostile } = load(memoryReader(hostileContracts()));
build('own', own, versioned, codeOf(own, await readSettings(ROOT)));
build('versioned', versioned);
build('hostile', hostile, hostile);
const browser = await openBrowser((line) => process.stdout.write(`${line}\n`));
try {
  await everyPage('own', OWN);
  await everyPage('hostile', pagesOf('hostile'));
  await check('search finds by wire name, by field and a misspelt word', () => search(browser));
  for (const width of SIZES)
    await check(`five questions of a newcomer are answered at ${width}`, () =>
      asNewcomer(browser, addressOf('own', 'index'), width, pictures),
    );
  await check('versions show the message that the older one rejects', () => versions(browser));
  await check('without script pages say the same', () => withoutScript(browser));
  await check('a map steps outwards in place, and never shows more than fifteen boxes', () => map(browser));
  await check('the JSON Schema opens in place', () => schema(browser));
  await check('a rejected message is copied whole', () => rejected(browser));
  await check('two releases can be compared', () => releases(browser));
  for (const [name, contracts] of Object.entries({ own, versioned, hostile }))
    await check(`Backstage takes each entity of the export: ${name}`, () => backstageTakes(contracts));
} finally {
  await browser.close();
  rmSync(out, { recursive: true, force: true });
}
process.stdout.write(`${passed} passed, ${failed} failed\n`);
process.exitCode = failed === 0 ? 0 : 1;

function build(
  name: string,
  workspace: Workspace,
  before?: Workspace,
  code?: ReturnType<typeof codeOf>,
): void {
  const releases = before ? [{ name: 'before', date: '2026-01-01', workspace: before }] : [];
  for (const { path, text } of siteFiles(catalogOf(workspace, { releases, ...(code && { codeOf: code }) }))) {
    const file = join(out, name, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}

/** The addresses of a small site, of each kind as far as it has one. */
function pagesOf(name: string): string[] {
  const index = JSON.parse(readFileSync(join(out, name, 'catalog.json'), 'utf8'));
  const kinds = ['domains', 'services', 'messages', 'channels', 'flows', 'owners', 'comparisons'];
  return [
    'index',
    'messages',
    'owners',
    ...kinds.flatMap((kind) => index[kind].slice(0, 3).map((it: { id: string }) => it.id)),
  ];
}

function addressOf(site: string, id: string): string {
  return `${pathToFileURL(join(out, site, id))}.html`;
}

async function everyPage(site: string, ids: readonly string[]): Promise<void> {
  for (const width of SIZES) {
    for (const scheme of SCHEMES) {
      const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme: scheme });
      const faults: string[] = [];
      page.on('console', (it) => it.type() === 'error' && faults.push(`console: ${it.text()}`));
      page.on('pageerror', (it) => faults.push(`script: ${it.message}`));
      page.on('dialog', (it) => faults.push(`dialog: ${it.message()}`));
      page.on(
        'request',
        (it) => it.url().startsWith(`${pathToFileURL(out)}`) || faults.push(`asked ${it.url()}`),
      );
      for (const id of ids) {
        await check(`${site} ${id} at ${width}, ${scheme}`, async () => {
          faults.length = 0;
          await page.goto(addressOf(site, id));
          if (pictures && site === 'own') {
            mkdirSync(pictures, { recursive: true });
            await page.screenshot({
              path: join(pictures, `${id.replace(/\W+/g, '-')}-${width}-${scheme}.png`),
              fullPage: true,
            });
          }
          const found = [...(await layoutFaults(page)), ...(await axeFaults(page)), ...faults];
          if (found.length > 0) throw new Error(found.join('\n      '));
        });
      }
      await page.close();
    }
  }
}

/** What does not fit, and what is too small. */
function layoutFaults(page: Page): Promise<string[]> {
  return page.evaluate((smallest) => {
    const found: string[] = [];
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth > clientWidth) {
      const wide = [...document.querySelectorAll('main *')].find(
        (it) => it.getBoundingClientRect().right > clientWidth + 1,
      );
      found.push(`scrolls sideways: ${scrollWidth} of ${clientWidth}: ${wide?.outerHTML.slice(0, 120)}`);
    }
    for (const element of document.querySelectorAll('body *')) {
      const own = [...element.childNodes].some((it) => it.nodeType === 3 && it.textContent?.trim());
      const { fontSize, display, overflow, textOverflow } = getComputedStyle(element);
      if (!own || display === 'none') continue;
      if (Number.parseFloat(fontSize) < smallest)
        found.push(`text of ${fontSize}: ${element.outerHTML.slice(0, 100)}`);
      if (textOverflow === 'ellipsis' && overflow === 'hidden')
        found.push(`cut: ${element.outerHTML.slice(0, 100)}`);
    }
    return [...new Set(found)].slice(0, 5);
  }, SMALLEST);
}

async function axeFaults(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  const violations = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as {
      axe: { run: (options: object) => Promise<{ violations: Violation[] }> };
    };
    // It would fetch style sheets, which no page on `file:` may.
    return (await axe.run({ preload: false })).violations;
  });
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, help, nodes }) => `axe ${id}: ${help}: ${nodes[0]?.html.slice(0, 160)} (${nodes.length})`);
}

interface Violation {
  readonly id: string;
  readonly impact: string;
  readonly help: string;
  readonly nodes: readonly { readonly html: string }[];
}

async function search(browser: Browser): Promise<void> {
  const page = await browser.newPage();
  await page.goto(addressOf('own', 'index'));
  for (const question of ['order.placed', 'totalPoints', 'ponits erned', 'EVT-ORDER-001']) {
    await page.keyboard.press('Control+k');
    await page.locator('dialog.search input[type=search]').fill(question);
    const first = await page.locator('.found li').first().innerText({ timeout: 5000 });
    const wanted = /order/i.test(question) ? /shop\.order\.placed/ : /loyalty\.points/;
    if (!wanted.test(first)) throw new Error(`${question} finds ${first}`);
    await page.keyboard.press('Escape');
  }
  await page.keyboard.press('/');
  await page.locator('dialog.search input[type=search]').fill('points earned');
  await page.keyboard.press('Enter');
  await page.waitForURL(/loyalty\.points\.earned/);
  await page.close();
}

async function versions(browser: Browser): Promise<void> {
  const page = await browser.newPage();
  await page.goto(addressOf('versioned', 'messages/d.paid@2.0'));
  await page.locator('.witness summary').first().click();
  const text = await page.locator('#versions').innerText();
  for (const words of ['Breaking', 'must be integer', 'Still reads only 1.0', 'Old reader']) {
    if (!text.includes(words)) throw new Error(`does not say "${words}": ${text}`);
  }
  await page.close();
}

async function withoutScript(browser: Browser): Promise<void> {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(addressOf('own', 'index'));
  await page.locator('.cards a', { hasText: 'Shop' }).first().click();
  await page.locator('#messages summary', { hasText: /^Order/ }).click();
  await page.locator('#messages a', { hasText: 'Order placed' }).first().click();
  await page.locator('h1', { hasText: 'Order placed' }).waitFor();
  if (!(await page.locator('#receivers').innerText()).includes('Payment Service'))
    throw new Error('names no receivers');
  await context.close();
}

async function map(browser: Browser): Promise<void> {
  const page = await browser.newPage();
  await page.goto(addressOf('own', 'services/shop.order'));
  const boxes = page.locator('.map a, .map b');
  for (const name of ['receiving from Inventory Service', 'receiving from Admin Dashboard']) {
    const before = await boxes.allInnerTexts();
    await page.locator(`.map button[aria-label*="${name}"]`).first().click();
    const after = await boxes.allInnerTexts();
    if (after.length > 15) throw new Error(`${after.length} boxes`);
    if (after.every((it) => before.includes(it))) throw new Error(`${name} shows nothing new`);
  }
  await page.close();
}

async function schema(browser: Browser): Promise<void> {
  const server = await serveCatalog(0);
  const page = await browser.newPage();
  try {
    server.show({ files: siteOf(catalogOf(own)), errors: [] });
    await page.goto(`${server.url}/messages/shop.order.placed@1.0.html`);
    await page.locator('#payload a[data-schema]').click();
    const text = await page.locator('#payload pre').innerText();
    if (!text.includes('"$schema": "http')) throw new Error(`shows ${text.slice(0, 200)}`);
  } finally {
    await page.close();
    server.close();
  }
}

async function rejected(browser: Browser): Promise<void> {
  const context = await browser.newContext({ permissions: ['clipboard-read', 'clipboard-write'] });
  const page = await context.newPage();
  await page.goto(addressOf('own', 'messages/loyalty.points.earned@2.0'));
  const fold = page.locator('.aside details', { hasText: 'One that is rejected' });
  await fold.locator('summary').click();
  await fold.locator('.copy').click();
  const copied = JSON.parse(await page.evaluate(() => navigator.clipboard.readText()));
  if (typeof copied.data.pointsEarned !== 'string' || copied.eventType !== 'loyalty.points.earned') {
    throw new Error(`copies ${JSON.stringify(copied)}`);
  }
  await context.close();
}

async function releases(browser: Browser): Promise<void> {
  const page = await browser.newPage();
  await page.goto(addressOf('hostile', 'changes'));
  await page.locator('main td a').first().click();
  await page.locator('h1', { hasText: 'before' }).waitFor();
  await page.close();
}

async function check(name: string, look: () => Promise<void>): Promise<void> {
  try {
    await look();
    passed += 1;
  } catch (error) {
    failed += 1;
    process.stdout.write(`FAIL  ${name}\n      ${error instanceof Error ? error.message : String(error)}\n`);
  }
}
