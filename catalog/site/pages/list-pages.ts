import type { CatalogIndex, ComparisonRecord, FindingRecord, OwnerRecord, Term } from '../../data/catalog.ts';
import type { Catalog } from '../../data/catalog-of.ts';
import { humanize } from '../../text/humanize.ts';
import { type Html, html, joined, NOTHING } from '../html.ts';
import { section, table } from '../layout.ts';
import { inline, markdown } from '../markdown.ts';
import { hrefFrom, type Page } from '../page.ts';
import { counted, deprecatedText, VERDICT_WORDS } from '../words.ts';
import { messageTable, termsList } from './domain-page.ts';
import { findingsList } from './message-page.ts';

/** A list of more rows than this is told domain by domain, on the pages of these. */
const MOST_ROWS = 1500;

/**
 * The first page: what this is, the way in, what is new and what goes.
 * @param intro what people wrote for it, in markdown
 */
export function homePage({ index }: Catalog, intro?: string): Page {
  const href = hrefFrom('index');
  const { domains, messages, services, comparisons } = index;
  const names = new Set(messages.map((it) => `${it.domain} ${it.name}`)).size;
  const theirs = services.filter((it) => it.neighbour !== undefined).length;
  const deprecated = messages.filter((it) => it.deprecated);
  const [newest] = comparisons;
  return {
    id: 'index',
    title: index.title,
    description: `${names} messages that ${services.length} services send and receive.`,
    main: html`<div class="home"><h1>${index.title}</h1>
<p class="lead">The ${names} messages that ${services.length} services${theirs > 0 ? `, ${theirs} of them neighbours',` : ''} send one another: what each holds, who sends and who receives it, and what a change of it would break.</p>
<form class="big-find" action="${href('messages')}" role="search"><input type="search" name="q" aria-label="Search the catalog" placeholder="Message, field, service, owner" data-search autocomplete="off"><noscript><a href="${href('messages')}">All messages</a></noscript></form></div>
${intro === undefined ? NOTHING : html`<div class="prose">${markdown(intro)}</div>`}
${
  newest
    ? section(
        'changes',
        `What changed since ${newest.from}`,
        html`<p>${countsText(newest.counts)} <a href="${href(newest.id)}">All changes since ${newest.from}</a></p>`,
      )
    : NOTHING
}
${section(
  'deprecated',
  'Deprecated',
  table(
    ['Message', 'Until when', 'Still received by'],
    deprecated
      .slice(0, 20)
      .map((it) => [
        html`<a href="${href(it.id)}">${it.title} ${it.version}</a><small><code>${it.name}</code></small>`,
        it.deprecated ? deprecatedText(it.deprecated) : '',
        counted(it.receivers, 'service'),
      ]),
  ),
)}
${section(
  'domains',
  'Domains',
  html`<ul class="cards">${domains.map(
    (it) =>
      html`<li><a href="${href(it.id)}"><b>${it.title}</b></a><p>${counted(it.messages, 'message')}, ${counted(it.services, 'service')}${it.flows > 0 ? `, ${counted(it.flows, 'flow')}` : ''}</p>${
        it.owners.length > 0 ? html`<p class="dim">${ownersText(it.owners)}</p>` : NOTHING
      }</li>`,
  )}</ul>`,
)}
${index.flows.length > 0 && index.flows.length <= 30 ? section('flows', 'Flows', html`<ul class="cards">${index.flows.map((it) => html`<li><a href="${href(it.id)}"><b>${it.title}</b></a><p class="dim">${humanize(it.domain)}, ${counted(it.steps, 'step')}</p></li>`)}</ul>`) : NOTHING}
<p class="source">For programs: <a href="catalog.json">catalog.json</a>, described by <a href="catalog.schema.json">its schema</a>; for language models: <a href="llms.txt">llms.txt</a></p>`,
  };
}

/** A few names, or how many. */
function ownersText(owners: readonly string[]): string {
  return owners.length <= 3 ? owners.join(', ') : `${owners.length} owners`;
}

export function countsText(counts: ComparisonRecord['counts']): Html {
  const told = (['breaking', 'undecided', 'warning', 'safe'] as const).filter((it) => counts[it] > 0);
  if (told.length === 0) return html`Nothing changed.`;
  return joined(
    told.map(
      (it) => html`<span class="verdict ${it}">${counts[it]} ${VERDICT_WORDS[it].toLowerCase()}</span>`,
    ),
    ' ',
  );
}

/** The pages that list things, by address; what the catalog has none of has no page. */
export function listPages(catalog: Catalog): Readonly<Record<string, () => Page>> {
  const { index, terms } = catalog;
  return {
    messages: () => messagesPage(catalog),
    services: () =>
      list(
        'services',
        'Services',
        index,
        index.services,
        ['Service', 'What it does', 'Owner'],
        (it, href) => [
          html`<a href="${href(it.id)}">${it.title}</a><small>sends ${it.sends}, receives ${it.receives}</small>`,
          it.summary ? html`${inline(it.summary)}` : NOTHING,
          it.owner ?? NOTHING,
        ],
      ),
    channels: () =>
      list('channels', 'Channels', index, index.channels, ['Channel', 'Messages'], (it, href) => [
        html`<a href="${href(it.id)}"><code>${it.title}</code></a>${it.protocols.length > 0 ? html` <span class="dim">${it.protocols.join(', ')}</span>` : NOTHING}`,
        String(it.messages),
      ]),
    flows: () =>
      list('flows', 'Flows', index, index.flows, ['Flow', 'What happens', 'Steps'], (it, href) => [
        html`<a href="${href(it.id)}">${it.title}</a>`,
        it.summary ? html`${inline(it.summary)}` : NOTHING,
        String(it.steps),
      ]),
    domains: () => domainsPage(catalog),
    owners: () => ownersPage(catalog),
    ...(terms.length > 0 && { glossary: () => glossaryPage(terms) }),
    ...(index.comparisons.length > 0 && { changes: () => changesPage(catalog) }),
  };
}

function domainTitle({ domains }: CatalogIndex, name: string): string {
  return domains.find((it) => it.name === name)?.title ?? humanize(name);
}

type Cells = readonly (string | Html)[];

function list<Row extends { readonly domain: string }>(
  id: 'services' | 'channels' | 'flows',
  title: string,
  index: CatalogIndex,
  rows: readonly Row[],
  head: readonly string[],
  cells: (row: Row, href: ReturnType<typeof hrefFrom>) => Cells,
): Page {
  const href = hrefFrom(id);
  const domains = Map.groupBy(rows.slice(0, MOST_ROWS), (it) => it.domain);
  return {
    id,
    title,
    description: `All ${rows.length} ${id}.`,
    section: id,
    main: html`<h1>${title} <span class="count">${rows.length}</span></h1>
${[...domains].map(([domain, own]) =>
  section(
    `in-${domain}`,
    domainTitle(index, domain),
    table(
      head,
      own.map((it) => cells(it, href)),
    ),
  ),
)}${rows.length > MOST_ROWS ? html`<p>${rows.length - MOST_ROWS} more: search, or look at a <a href="${href('domains')}">domain</a>.</p>` : NOTHING}`,
  };
}

function messagesPage({ index }: Catalog): Page {
  const href = hrefFrom('messages');
  const newest = index.messages.filter((it) => it.latest);
  const domains = Map.groupBy(newest, (it) => it.domain);
  const isLong = newest.length > MOST_ROWS;
  return {
    id: 'messages',
    title: 'Messages',
    description: `All ${newest.length} messages, the newest version of each.`,
    section: 'messages',
    main: html`<h1>Messages <span class="count">${newest.length}</span></h1>
<div id="filters"></div>
${[...domains].map(([domain, rows]) => {
  const address = index.domains.find((it) => it.name === domain)?.id ?? 'domains';
  return section(
    `in-${domain}`,
    domainTitle(index, domain),
    isLong
      ? html`<p><a href="${href(address)}">${rows.length} messages of ${domainTitle(index, domain)}</a></p>`
      : messageTable(rows, href),
  );
})}`,
  };
}

function domainsPage({ index }: Catalog): Page {
  const href = hrefFrom('domains');
  return {
    id: 'domains',
    title: 'Domains',
    description: `All ${index.domains.length} domains.`,
    section: 'domains',
    main: html`<h1>Domains <span class="count">${index.domains.length}</span></h1>${table(
      ['Domain', 'Services', 'Messages', 'Flows', 'Owners'],
      index.domains.map((it) => [
        html`<a href="${href(it.id)}">${it.title}</a>`,
        String(it.services),
        String(it.messages),
        String(it.flows),
        it.owners.join(', '),
      ]),
    )}`,
  };
}

function ownersPage({ index, owner }: Catalog): Page {
  const href = hrefFrom('owners');
  return {
    id: 'owners',
    title: 'Owners',
    description: 'Who answers for what, and how to reach them.',
    section: 'owners',
    main: html`<h1>Owners <span class="count">${index.owners.length}</span></h1>${table(
      ['Owner', 'How to reach', 'Services'],
      index.owners.map((it) => [
        html`<a href="${href(it.id)}">${it.name}</a>`,
        reachText(owner(it.id)),
        String(it.services),
      ]),
    )}`,
  };
}

function reachText(owner: OwnerRecord | undefined): Html {
  const ways = [
    ...(owner?.email === undefined ? [] : [html`<a href="mailto:${owner.email}">${owner.email}</a>`]),
    ...(owner?.url === undefined || !/^https?:/i.test(owner.url)
      ? []
      : [html`<a href="${owner.url}">${owner.url}</a>`]),
  ];
  return ways.length === 0 ? html`<span class="dim">not said in the contracts</span>` : joined(ways, ', ');
}

export function ownerPage(record: OwnerRecord): Page {
  const href = hrefFrom(record.id);
  return {
    id: record.id,
    title: record.name,
    description: `What ${record.name} answers for.`,
    section: 'owners',
    main: html`<p class="crumbs"><a href="${href('owners')}">Owners</a></p><h1>${record.name}</h1>
<dl class="facts"><div><dt>How to reach</dt><dd>${reachText(record)}</dd></div></dl>
${section(
  'services',
  'Services',
  table(
    ['Service', 'What it does', 'Domain'],
    record.services.map((it) => [
      html`<a href="${href(it.id)}">${it.title}</a>`,
      it.summary ? html`${inline(it.summary)}` : NOTHING,
      humanize(it.domain),
    ]),
  ),
)}
${section('messages', 'Messages', messageTable(record.messages, href))}
<p class="source"><a href="${href(record.id, '.json')}">JSON</a> · <a href="${href(record.id, '.md')}">Markdown</a></p>`,
  };
}

function glossaryPage(terms: readonly Term[]): Page {
  const domains = Map.groupBy(terms, (it) => it.domain);
  return {
    id: 'glossary',
    title: 'Glossary',
    description: 'The words of the domains, as their contracts describe them.',
    section: 'glossary',
    main: html`<h1>Glossary <span class="count">${terms.length}</span></h1>${[...domains].map(
      ([domain, own]) => section(`in-${domain}`, humanize(domain), termsList(own)),
    )}`,
  };
}

/** What changed, pair by pair of releases. */
function changesPage({ index }: Catalog): Page {
  const href = hrefFrom('changes');
  return {
    id: 'changes',
    title: 'Changes',
    description: 'What changed between releases of the contracts.',
    section: 'changes',
    main: html`<h1>Changes</h1><div id="compare"></div>${table(
      ['From', 'To', 'What changed'],
      index.comparisons.map((it) => [
        it.from,
        it.to,
        html`<a href="${href(it.id)}">${countsText(it.counts)}</a>`,
      ]),
    )}`,
  };
}

export function comparisonPage(record: ComparisonRecord): Page {
  const href = hrefFrom(record.id);
  const { from, to, findings, counts } = record;
  const dated = (it: typeof from) => (it.date === undefined ? it.name : `${it.name} (${it.date})`);
  const domains = Map.groupBy(findings, (it) => it.domain);
  return {
    id: record.id,
    title: `${from.name} to ${to.name}`,
    description: `What changed from ${from.name} to ${to.name}.`,
    section: 'changes',
    main: html`<p class="crumbs"><a href="${href('changes')}">Changes</a></p><h1>${dated(from)} → ${dated(to)}</h1>
<p class="lead">${countsText(counts)}</p>
${[...domains].map(([domain, own]) =>
  section(
    `in-${domain}`,
    humanize(domain),
    ...[...Map.groupBy(own, (it) => it.subject)].map(
      ([subject, all]) =>
        html`<h3>${subjectText(all[0], subject, href)}</h3>${findingsList(all, { from: from.name, to: to.name }, href)}`,
    ),
  ),
)}`,
  };
}

function subjectText(
  finding: FindingRecord | undefined,
  subject: string,
  href: ReturnType<typeof hrefFrom>,
): Html {
  return finding?.to === undefined ? html`${subject}` : html`<a href="${href(finding.to)}">${subject}</a>`;
}
