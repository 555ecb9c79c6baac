import { catalogFiles } from '../data/catalog-files.ts';
import type { Catalog } from '../data/catalog-of.ts';
import type { GeneratedFile } from '../generated-file.ts';
import { html } from './html.ts';
import { documentOf } from './layout.ts';
import { llmsText } from './llms.ts';
import { markdownOf } from './markdown-of.ts';
import type { Page, Section, Site } from './page.ts';
import { channelPage } from './pages/channel-page.ts';
import { domainPage } from './pages/domain-page.ts';
import { flowPage } from './pages/flow-page.ts';
import {
  changesPage,
  comparisonPage,
  glossaryPage,
  homePage,
  listPages,
  ownerPage,
} from './pages/list-pages.ts';
import { messagePage } from './pages/message-page.ts';
import { type PeoplePage, peoplePage, peoplePagesList } from './pages/people-page.ts';
import { servicePage } from './pages/service-page.ts';
import { redirectPage } from './redirect.ts';
import { SCRIPT } from './script.ts';
import { searchData, searchScript } from './search-data.ts';
import { ICON, STYLE } from './style.ts';

/** The site of a catalog as files: pages, the data that they are made of, style and script. One after the other. */
export function* siteFiles(catalog: Catalog, people: readonly PeoplePage[] = []): Generator<GeneratedFile> {
  const site: Site = { index: catalog.index, sections: sectionsOf(catalog, people) };
  yield { path: 'assets/style.css', text: STYLE };
  yield { path: 'assets/icon.svg', text: ICON };
  yield { path: 'assets/app.js', text: SCRIPT };
  yield { path: 'assets/search.js', text: searchScript(searchData(catalog)) };
  yield { path: 'llms.txt', text: llmsText(catalog.index) };
  yield* catalogFiles(catalog);
  for (const page of pagesOf(catalog, people)) yield* filesOf(site, page);
  for (const [from, to] of catalog.aliases) yield { path: `${from}.html`, text: redirectPage(from, to) };
}

function* filesOf(site: Site, page: Page): Generator<GeneratedFile> {
  yield { path: `${page.id}.html`, text: documentOf(site, page) };
  yield { path: `${page.id}.md`, text: page.markdown ?? markdownOf(html`${page.main}${page.aside}`) };
}

function* pagesOf(catalog: Catalog, people: readonly PeoplePage[]): Generator<Page> {
  const { index } = catalog;
  const own = people.filter((it) => it.name !== 'index');
  yield homePage(catalog, people.find((it) => it.name === 'index')?.text);
  if (own.length > 0) yield peoplePagesList(own);
  for (const page of own) yield peoplePage(page);
  yield* listPages(catalog);
  if (catalog.terms.length > 0) yield glossaryPage(catalog.terms);
  if (index.comparisons.length > 0) yield changesPage(catalog);
  const kinds = [
    pagesFor(index.domains, catalog.domain, domainPage),
    pagesFor(index.services, catalog.service, servicePage),
    pagesFor(index.messages, catalog.message, (it) => messagePage(it, catalog.siblings(it.id))),
    pagesFor(index.channels, catalog.channel, channelPage),
    pagesFor(index.flows, catalog.flow, flowPage),
    pagesFor(index.owners, catalog.owner, ownerPage),
    pagesFor(index.comparisons, catalog.comparison, comparisonPage),
  ];
  for (const pages of kinds) yield* pages;
}

function* pagesFor<Record>(
  rows: readonly { readonly id: string }[],
  record: (id: string) => Record | undefined,
  page: (record: Record) => Page,
): Generator<Page> {
  for (const { id } of rows) {
    const found = record(id);
    if (found !== undefined) yield page(found);
  }
}

/** The menu: only what there is. */
function sectionsOf({ index, terms }: Catalog, people: readonly PeoplePage[]): Site['sections'] {
  const all: readonly (readonly [Section, string, boolean])[] = [
    ['messages', 'Messages', true],
    ['services', 'Services', true],
    ['flows', 'Flows', index.flows.length > 0],
    ['domains', 'Domains', true],
    ['channels', 'Channels', true],
    ['owners', 'Owners', index.owners.length > 0],
    ['glossary', 'Glossary', terms.length > 0],
    ['changes', 'Changes', index.comparisons.length > 0],
    ['pages', 'Pages', people.some((it) => it.name !== 'index')],
  ];
  return all.flatMap(([id, title, isThere]) => (isThere ? [{ id, to: id, title }] : []));
}
