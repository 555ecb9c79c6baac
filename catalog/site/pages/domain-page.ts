import type { DomainRecord, Matrix, MessageRow, Owner, Term } from '../../data/catalog.ts';
import { type Html, html, joined, NOTHING } from '../html.ts';
import { linkLine, linkList, section, table } from '../layout.ts';
import { inline } from '../markdown.ts';
import { type Href, hrefFrom, type Page } from '../page.ts';
import { counted, deprecatedMark, kindMark, neighbourNotice } from '../words.ts';
import { ownerText } from './message-page.ts';

/** More messages than this fold, an aggregate at a time. */
const MOST_OPEN = 24;

/** More than this the table of services names. */
const MOST_OWNERS = 4;

/** More columns than this nobody reads; the list below has them all. */
const MOST_COLUMNS = 20;

/** A domain: its services, messages and flows, who talks to whom, and its neighbours. */
export function domainPage(record: DomainRecord): Page {
  const href = hrefFrom(record.id);
  const { title, services, messages, flows, owners, matrix, neighbours, terms, channels } = record;
  const count = messages.reduce((sum, it) => sum + it.rows.length, 0);
  const told = `${counted(services.length, 'service')}, ${counted(count, 'message')}, ${counted(flows.length, 'flow')}.`;
  return {
    id: record.id,
    title,
    description: `${title}: ${told}`,
    section: 'domains',
    side: sideOf(record),
    main: html`<p class="crumbs"><a href="${href('domains')}">Domains</a></p>
<h1>${title}</h1>
${neighbourNotice(record.neighbour)}
<p class="lead">${told}${
      owners.length > MOST_OWNERS
        ? html` Owned by <a href="${href('owners')}">${owners.length} owners</a>.`
        : owners.length > 0
          ? html` Owned by ${joined(
              owners.map((it: Owner) => ownerText(it, href)),
              ', ',
            )}.`
          : NOTHING
    }</p>
${section(
  'services',
  'Services',
  table(
    ['Service', 'What it does', 'Owner'],
    services.map((it) => [
      html`<a href="${href(it.id)}">${it.title}</a><small>sends ${it.sends}, receives ${it.receives}</small>`,
      it.summary ? html`${inline(it.summary)}` : NOTHING,
      it.owner ?? NOTHING,
    ]),
  ),
)}
${section(
  'flows',
  'Flows',
  table(
    ['Flow', 'What happens'],
    flows.map((it) => [
      html`<a href="${href(it.id)}">${it.title}</a>`,
      it.summary ? html`${inline(it.summary)}` : NOTHING,
    ]),
  ),
)}
${section('matrix', 'Who talks to whom', matrixOf(matrix, href))}
${section(
  'messages',
  'Messages',
  ...messages.map(({ aggregate, rows }) =>
    messages.length === 1
      ? messageTable(rows, href)
      : html`<details class="group" id="${anchor(aggregate)}"${count <= MOST_OPEN ? html` open` : NOTHING}><summary>${aggregate ?? 'Others'} <small>${rows.length}</small></summary>${messageTable(rows, href)}</details>`,
  ),
)}
${section(
  'neighbours',
  'Neighbours',
  table(
    ['Domain', 'Received from it', 'Sent to it'],
    neighbours.map((it) => [
      html`<a href="${href(it.domain.to)}">${it.domain.title}</a>`,
      linkLine(it.received, href),
      linkLine(it.sent, href),
    ]),
  ),
)}
${section(
  'channels',
  'Channels',
  channels.length === 0
    ? NOTHING
    : html`<details><summary>${counted(channels.length, 'channel')}</summary>${linkList(
        channels.map(({ id, title }) => ({ to: id, title })),
        href,
      )}</details>`,
)}
${terms.length > 0 ? section('terms', 'Words', html`<details><summary>${terms.length} words</summary>${termsList(terms)}</details>`) : NOTHING}
<p class="source"><a href="${href(record.id, '.json')}">JSON</a> · <a href="${href(record.id, '.md')}">Markdown</a></p>`,
  };
}

function sideOf({ messages, services, flows, matrix, neighbours }: DomainRecord): Html {
  const aggregates = messages.flatMap(({ aggregate }) => aggregate ?? []);
  return html`<h2>On this page</h2><ul><li><a href="#services">Services <small>${services.length}</small></a></li>${
    flows.length > 0 ? html`<li><a href="#flows">Flows <small>${flows.length}</small></a></li>` : NOTHING
  }${
    messages.length === 0
      ? NOTHING
      : html`<li><a href="#messages">Messages</a>${
          aggregates.length > 1 && aggregates.length < 40
            ? html`<ul>${aggregates.map((it) => html`<li><a href="#${anchor(it)}">${it}</a></li>`)}</ul>`
            : NOTHING
        }</li>`
  }${matrix.cells.length > 0 ? html`<li><a href="#matrix">Who talks to whom</a></li>` : NOTHING}${
    neighbours.length > 0 ? html`<li><a href="#neighbours">Neighbours</a></li>` : NOTHING
  }</ul>`;
}

function anchor(aggregate: string | undefined): string {
  return `of-${(aggregate ?? 'others').replace(/[^\p{L}\p{N}]+/gu, '-')}`;
}

export function messageTable(rows: readonly MessageRow[], href: Href): Html {
  return table(
    ['Message', 'What it says', 'Sent by', 'Received by'],
    rows.map((it) => [
      html`<a href="${href(it.id)}">${it.title}</a> ${kindMark(it.kind)} ${deprecatedMark(it.deprecated)}<small><code>${it.name}</code> ${it.version}</small>`,
      it.summary ? html`${inline(it.summary)}` : NOTHING,
      String(it.senders),
      String(it.receivers),
    ]),
  );
}

/** Rows send, columns receive. The list below it says the same in words, with the messages. */
function matrixOf({ services, cells }: Matrix, href: Href): Html {
  if (cells.length === 0) return NOTHING;
  const senders = services.flatMap((it, index) =>
    cells.some(({ from }) => from === index) ? [{ ...it, index }] : [],
  );
  const receivers = services.flatMap((it, index) =>
    cells.some(({ to }) => to === index) ? [{ ...it, index }] : [],
  );
  const byCell = new Map(cells.map((it) => [`${it.from} ${it.to}`, it]));
  const picture =
    receivers.length > MOST_COLUMNS || senders.length > MOST_COLUMNS * 2
      ? NOTHING
      : html`<table class="matrix"><caption>Rows send, columns receive; the number is that of the messages.</caption><thead><tr><td></td>${receivers.map(
          (it) => html`<th scope="col"><span>${it.title}</span></th>`,
        )}</tr></thead><tbody>${senders.map(
          (from) =>
            html`<tr><th scope="row"><a href="${href(from.to)}">${from.title}</a></th>${receivers.map(
              (to) => {
                const cell = byCell.get(`${from.index} ${to.index}`);
                if (!cell) return from.index === to.index ? html`<td class="self"></td>` : html`<td></td>`;
                const names = cell.messages.map(({ title }) => title).join(', ');
                return html`<td class="full" title="${from.title} to ${to.title}: ${names}">${cell.messages.length}</td>`;
              },
            )}</tr>`,
        )}</tbody></table>`;
  const list = senders.map((from) => {
    const own = cells.filter((it) => it.from === from.index);
    return html`<li><a href="${href(from.to)}">${from.title}</a><ul>${own.map(
      (it) =>
        html`<li>to <a href="${href(services[it.to]?.to ?? '')}">${services[it.to]?.title}</a>: ${linkLine(it.messages, href)}</li>`,
    )}</ul></li>`;
  });
  return html`${picture}<details${picture.text === '' ? html` open` : NOTHING}><summary>With the messages</summary><ul class="talks">${list}</ul></details>`;
}

export function termsList(terms: readonly Term[]): Html {
  if (terms.length === 0) return NOTHING;
  return html`<dl class="terms">${terms.map(
    (it) =>
      html`<div><dt>${it.name} <span class="type">${it.type}</span></dt><dd>${inline(it.description)}${
        it.values
          ? html`<div class="asks">${joined(
              it.values.map(
                (value) => html`<code>${typeof value === 'string' ? value : JSON.stringify(value)}</code>`,
              ),
              ' ',
            )}</div>`
          : NOTHING
      }</dd></div>`,
  )}</dl>`;
}
