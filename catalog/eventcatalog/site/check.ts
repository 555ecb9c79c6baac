import { eventCatalogOf, type GeneratedFile } from '@chirograph/catalog';
import { operationsOf, type Workspace } from '@chirograph/contract/model';
import type { Page } from 'playwright-core';
import { openBrowser } from './browser.ts';
import { loadWorkspace } from './load-workspace.ts';
import { serve } from './serve.ts';

/** One thing to look for. Answers what it saw; throws when that is not what it should be. */
interface Check {
  readonly name: string;
  readonly look: (site: Site) => Promise<string>;
}

interface Site {
  readonly url: string;
  readonly page: Page;
  readonly files: readonly GeneratedFile[];
  readonly workspace: Workspace;
  /** What the pages have done that they should not: script errors, requests that leave this machine. */
  readonly faults: readonly string[];
}

const EVENTS = [
  ['loyalty.program.created', '1.0', 'Loyalty programme created'],
  ['loyalty.program.activated', '1.0', 'Loyalty programme activated'],
  ['loyalty.program.paused', '1.0', 'Loyalty programme paused'],
  ['loyalty.customer.enrolled', '1.0', 'Customer enrolled'],
  ['loyalty.points.earned', '2.0', 'Points earned'],
  ['loyalty.points.earned', '1.0', 'Points earned'],
  ['loyalty.points.redeemed', '1.0', 'Points redeemed'],
  ['loyalty.points.expired', '1.0', 'Points expired'],
  ['loyalty.tier.upgraded', '1.0', 'Tier upgraded'],
  ['loyalty.template.used', '1.0', 'Loyalty template used'],
] as const;

const CHECKS: readonly Check[] = [
  { name: 'every page answers', look: everyPage },
  { name: 'home', look: home },
  { name: 'domain loyalty', look: domain },
  ...EVENTS.map(([id, version, title]) => ({
    name: `event ${id} ${version}`,
    look: (site: Site) => event(site, id, version, title),
  })),
  { name: 'services', look: services },
  { name: 'enrolment flow', look: flow },
  { name: 'nothing leaves this machine, no script fails', look: async ({ faults }) => quiet(faults) },
];

/**
 * Looks at the built site of this repository's contracts in Chromium. Prints what it saw, one line for each
 * check, then `N passed, N failed`. Answers 0 when all passed, else 1; throws when it cannot look.
 */
export async function check(say: (line: string) => void): Promise<number> {
  const { workspace } = loadWorkspace();
  const files = eventCatalogOf(workspace);
  await using resources = new AsyncDisposableStack();
  const { url, close } = await serve(0);
  resources.defer(close);
  const browser = await openBrowser(say);
  resources.defer(() => browser.close());
  const page = await browser.newPage({ viewport: { width: 1440, height: 1000 } });
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(`${page.url()}: ${error.message}`));
  page.on('request', (request) => {
    if (/^(https?|wss?):/.test(request.url()) && !request.url().startsWith(url)) faults.push(request.url());
  });
  const passed = await lookAtAll({ url, page, files, workspace, faults }, say);
  const failed = passed.filter((it) => !it).length;
  say(`${passed.length - failed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}

async function lookAtAll(site: Site, say: (line: string) => void): Promise<boolean[]> {
  const passed: boolean[] = [];
  for (const { name, look } of CHECKS) {
    try {
      say(`ok    ${name}: ${await look(site)}`);
      passed.push(true);
    } catch (error) {
      say(`FAIL  ${name}: ${error instanceof Error ? error.message : String(error)}`);
      passed.push(false);
    }
  }
  return passed;
}

/** Asks for each generated page and for all that these link to. */
async function everyPage({ url, files }: Site): Promise<string> {
  const pages = files.flatMap((it) => addressOf(it) ?? []);
  const links = new Set<string>();
  for (const path of pages) {
    const html = await textAt(url, path);
    need(!html.includes('Reference not found'), `${path} links to a page that does not exist`);
    for (const [, href] of html.matchAll(/href="(\/(?:docs|schemas|visualiser|architecture)\/[^"#?]+)"/g)) {
      links.add(decodeURI(href ?? ''));
    }
  }
  for (const path of links) await textAt(url, path);
  return `${pages.length} pages, ${links.size} links`;
}

async function home({ url, page, workspace }: Site): Promise<string> {
  await page.goto(url);
  const tiles = await page.locator('.ec-stat').allInnerTexts();
  const seen = tiles.map((it) => it.split(/\s+/).join(' ').toLowerCase());
  need(seen.includes(`domains ${workspace.domains.length}`), `tiles say ${seen.join(', ')}`);
  need(seen.includes(`services ${workspace.services.length}`), `tiles say ${seen.join(', ')}`);
  return seen.join(', ');
}

async function domain({ url, page, workspace }: Site): Promise<string> {
  await page.goto(`${url}/docs/domains/loyalty/1.0.0`);
  const text = await page.locator('#content').innerText();
  const own = workspace.services.filter((it) => it.domain === 'loyalty');
  for (const { title } of own) need(text.includes(title), `does not name ${title}`);
  for (const [, , title] of EVENTS) need(text.includes(title), `does not name ${title}`);
  return `${own.length} services, nine events, a graph of ${await nodesOn(page)} nodes`;
}

async function event({ url, page }: Site, id: string, version: string, title: string): Promise<string> {
  await page.goto(`${url}/docs/events/${id}/${version}`);
  const header = await page.locator('#doc-page-header').innerText();
  need(header.startsWith(title), `is called ${header}`);
  const schema = page.locator('[data-schema-viewer-client-id]');
  await schema.getByText('eventId', { exact: true }).waitFor();
  const properties = /\d+ properties/.exec(await schema.innerText())?.[0];
  need(properties !== undefined, 'shows no schema');
  const example = await page.locator('pre[data-language="json"]').first().innerText();
  need(example.includes(`"eventType": "${id}"`), `has the example ${example.slice(0, 80)}`);
  return `${header}, ${properties}, an example, a graph of ${await nodesOn(page)} nodes`;
}

async function services({ url, page, workspace }: Site): Promise<string> {
  let operations = 0;
  for (const service of workspace.services) {
    const path = `${url}/docs/services/${service.domain}-${service.name}/${service.version}`;
    await page.goto(path);
    const header = await page.locator('#doc-page-header').innerText();
    need(header.startsWith(service.title), `${service.name} is called ${header}`);
    await page.goto(`${path}/asyncapi/${service.name}.asyncapi`);
    for (const { key } of operationsOf(workspace, service.id)) {
      await page.getByText(key, { exact: true }).filter({ visible: true }).first().waitFor();
      operations += 1;
    }
  }
  return `${workspace.services.length} services, ${operations} operations in their AsyncAPI documents`;
}

async function flow({ url, page }: Site): Promise<string> {
  await page.goto(`${url}/docs/flows/loyalty-enrolment-flow/1.0.0`);
  const nodes = await nodesOn(page);
  const drawn = await page.locator('.react-flow__node').allInnerTexts();
  for (const title of ['Customer enrolled', 'Reward Service', 'Points earned', 'Tier Service']) {
    need(
      drawn.some((it) => it.includes(title)),
      `does not draw ${title}`,
    );
  }
  const told = await page.locator('#content .prose ol > li').count();
  return `${nodes} nodes, ${told} steps in words`;
}

function quiet(faults: readonly string[]): string {
  need(faults.length === 0, faults.join('\n      '));
  return 'as it should be';
}

/** The number of nodes in the page's graph, once it is drawn. */
async function nodesOn(page: Page): Promise<number> {
  await page.locator('.react-flow__node').first().waitFor();
  return page.locator('.react-flow__node').count();
}

/** Where a generated page stands on the site; undefined for other files. */
function addressOf({ path, text }: GeneratedFile): string | undefined {
  const [, folder = ''] = /(?:^|\/)([a-z]+)\/[^/]+(?:\/versioned\/[^/]+)?\/index\.mdx$/.exec(path) ?? [];
  const field = (name: string) => new RegExp(`^${name}: '?([^'\n]+)`, 'm').exec(text)?.[1];
  if (/^teams\//.test(path)) return `/docs/teams/${field('id')}`;
  return folder === '' ? undefined : `/docs/${folder}/${field('id')}/${field('version')}`;
}

async function textAt(url: string, path: string): Promise<string> {
  const response = await fetch(url + encodeURI(path));
  need(response.ok, `${path} answers ${response.status}`);
  return response.text();
}

function need(condition: boolean, reason: string): void {
  if (!condition) throw new Error(reason);
}
