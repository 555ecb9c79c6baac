import { compactJson, indexFiles } from '../data/catalog-files.ts';
import type { Catalog } from '../data/catalog-of.ts';
import type { GeneratedFile } from '../generated-file.ts';
import { printable } from '../text/printable.ts';
import { graphScript } from './graph-data.ts';
import { html } from './html.ts';
import { documentOf } from './layout.ts';
import { llmsText } from './llms.ts';
import { markdownOf } from './markdown-of.ts';
import type { Page, Section, Site } from './page.ts';
import { channelPage } from './pages/channel-page.ts';
import { domainPage } from './pages/domain-page.ts';
import { flowPage } from './pages/flow-page.ts';
import { comparisonPage, homePage, listPages, ownerPage } from './pages/list-pages.ts';
import { messagePage } from './pages/message-page.ts';
import { type PeoplePage, peoplePage, peoplePageId, peoplePagesList } from './pages/people-page.ts';
import { servicePage } from './pages/service-page.ts';
import { redirectPage } from './redirect.ts';
import { SCRIPT } from './script.ts';
import { searchData, searchScript } from './search-data.ts';
import { ICON, STYLE } from './style.ts';

/** The site of a catalog as files: pages, the data that they are made of, style and script. One after the other. */
export function* siteFiles(catalog: Catalog, people: readonly PeoplePage[] = []): Generator<GeneratedFile> {
  for (const [path, make] of siteOf(catalog, people)) yield { path, text: make() };
}

/** The same by path, each file made when it is asked for. */
export function siteOf(
  catalog: Catalog,
  people: readonly PeoplePage[] = [],
): ReadonlyMap<string, () => string> {
  const site: Site = { index: catalog.index, sections: sectionsOf(catalog, people) };
  const files = new Map<string, () => string>([
    ['assets/style.css', () => STYLE],
    ['assets/icon.svg', () => ICON],
    ['assets/app.js', () => SCRIPT],
    ['assets/search.js', () => searchScript(searchData(catalog))],
    ['assets/graph.js', () => graphScript(catalog)],
    ['llms.txt', () => llmsText(catalog.index)],
    ...indexFiles(catalog),
  ]);
  const add = (id: string, page: () => Page) => {
    const made = latest(page);
    files.set(`${id}.html`, () => documentOf(site, made()));
    files.set(`${id}.md`, () => {
      const { main, aside, markdown } = made();
      return markdown ?? markdownOf(html`${main}${aside}`);
    });
  };
  const own = people.filter((it) => it.name !== 'index');
  add('index', () => homePage(catalog, people.find((it) => it.name === 'index')?.text));
  if (own.length > 0) add('pages', () => peoplePagesList(own));
  for (const page of own) add(peoplePageId(page), () => peoplePage(page));
  for (const [id, page] of Object.entries(listPages(catalog))) add(id, page);

  const { index } = catalog;
  const addAll = <Record>(
    rows: readonly { readonly id: string }[],
    recordOf: (id: string) => Record | undefined,
    page: (record: Record) => Page,
  ) => {
    for (const { id } of rows) {
      const record = () => recordOf(id) as Record;
      files.set(`${id}.json`, () => compactJson(record()));
      add(id, () => page(record()));
    }
  };
  addAll(index.domains, catalog.domain, domainPage);
  addAll(index.services, catalog.service, servicePage);
  addAll(index.messages, catalog.message, (it) =>
    messagePage(it, catalog.siblings(it.id), catalog.code(it.id)),
  );
  addAll(index.channels, catalog.channel, channelPage);
  addAll(index.flows, catalog.flow, flowPage);
  addAll(index.owners, catalog.owner, ownerPage);
  addAll(index.comparisons, catalog.comparison, comparisonPage);
  for (const [from, to] of catalog.aliases) files.set(`${from}.html`, () => redirectPage(from, to));
  return new Map([...files].map(([path, make]) => [path, () => printable(path, make())]));
}

/** Made once for the files that are made of it one after the other, and then let go. */
function latest<T extends object>(make: () => T): () => T {
  let made: WeakRef<T> | undefined;
  return () => {
    const found = made?.deref() ?? make();
    made ??= new WeakRef(found);
    return found;
  };
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
