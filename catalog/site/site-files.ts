import { catalogFiles } from '../data/catalog-files.ts';
import type { Catalog } from '../data/catalog-of.ts';
import type { GeneratedFile } from '../generated-file.ts';
import { documentOf } from './layout.ts';
import type { Page, Section, Site } from './page.ts';
import { channelPage } from './pages/channel-page.ts';
import { domainPage } from './pages/domain-page.ts';
import { flowPage } from './pages/flow-page.ts';
import { changesPage, comparisonPage, glossaryPage, homePage, listPages, ownerPage } from './pages/list-pages.ts';
import { messagePage } from './pages/message-page.ts';
import { servicePage } from './pages/service-page.ts';
import { redirectPage } from './redirect.ts';
import { ICON, STYLE } from './style.ts';

/** The site of a catalog as files: pages, the data that they are made of, style and script. One after the other. */
export function* siteFiles(catalog: Catalog): Generator<GeneratedFile> {
  const site: Site = { index: catalog.index, sections: sectionsOf(catalog) };
  yield { path: 'assets/style.css', text: STYLE };
  yield { path: 'assets/icon.svg', text: ICON };
  yield* catalogFiles(catalog);
  for (const page of pagesOf(catalog)) yield* filesOf(site, page);
  for (const [from, to] of catalog.aliases) yield { path: `${from}.html`, text: redirectPage(from, to) };
}

function* filesOf(site: Site, page: Page): Generator<GeneratedFile> {
  yield { path: `${page.id}.html`, text: documentOf(site, page) };
  if (page.markdown !== undefined) yield { path: `${page.id}.md`, text: page.markdown };
}

function* pagesOf(catalog: Catalog): Generator<Page> {
  const { index } = catalog;
  yield homePage(catalog);
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
function sectionsOf({ index, terms }: Catalog): Site['sections'] {
  const all: readonly (readonly [Section, string, boolean])[] = [
    ['messages', 'Messages', true],
    ['services', 'Services', true],
    ['flows', 'Flows', index.flows.length > 0],
    ['domains', 'Domains', true],
    ['channels', 'Channels', true],
    ['owners', 'Owners', index.owners.length > 0],
    ['glossary', 'Glossary', terms.length > 0],
    ['changes', 'Changes', index.comparisons.length > 0],
  ];
  return all.flatMap(([id, title, isThere]) => (isThere ? [{ id, to: id, title }] : []));
}
