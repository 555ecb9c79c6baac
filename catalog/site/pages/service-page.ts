import type { Exchange, ServerRecord, ServiceRecord } from '../../data/catalog.ts';
import { type Html, html, joined, NOTHING } from '../html.ts';
import { linkList, section, table } from '../layout.ts';
import { inline, markdown } from '../markdown.ts';
import { type Href, hrefFrom, type Page } from '../page.ts';
import { deprecatedMark, neighbourNotice, retryText } from '../words.ts';
import { ownerText } from './message-page.ts';

/** A service: what it sends and receives and with whom, where it connects to, who answers for it. */
export function servicePage(record: ServiceRecord): Page {
  const href = hrefFrom(record.id);
  const { title, version, domain, description, owner, servers, tags } = record;
  const [lead, ...rest] = (description ?? '').split(/\n\s*\n/);
  return {
    id: record.id,
    title,
    description: lead,
    section: 'services',
    main: html`<p class="crumbs"><a href="${href(domain.to)}">${domain.title}</a></p>
<h1>${title}${version ? html` <span class="version">${version}</span>` : NOTHING}</h1>
${neighbourNotice(record.neighbour)}
${lead ? html`<div class="lead">${markdown(lead)}</div>` : NOTHING}
${rest.length > 0 ? html`<div class="prose">${markdown(rest.join('\n\n'))}</div>` : NOTHING}
<dl class="facts">${owner ? html`<div><dt>Owner</dt><dd>${ownerText(owner, href)}</dd></div>` : NOTHING}${
      tags.length > 0 ? html`<div><dt>Tags</dt><dd>${tags.join(', ')}</dd></div>` : NOTHING
    }<div><dt>Known as</dt><dd><code>${record.name}</code></dd></div></dl>
${section('sends', 'Sends', exchanges(record.sends, 'When', 'Receivers', href))}
${section('receives', 'Receives', exchanges(record.receives, 'What for', 'Senders', href))}
${section('flows', 'Flows it takes part in', linkList(record.flows, href))}
${section('servers', 'Connects to', serverTable(servers))}
<p class="source">Contract: <code>${record.written.file}</code> · <a href="${href(record.id, '.json')}">JSON</a> · <a href="${href(record.id, '.md')}">Markdown</a></p>`,
  };
}

function exchanges(list: readonly Exchange[], purpose: string, others: string, href: Href): Html {
  const own = list.some((it) => it.retry);
  return table(
    ['Message', purpose, others, ...(own ? ['Retries'] : [])],
    list.map((it) => [
      html`<a href="${href(it.message.to)}">${it.message.title} ${it.version}</a> ${deprecatedMark(it.deprecated)}<small><code>${it.name}</code>${it.reply ? ' as a reply' : ''}</small>`,
      html`${it.purpose ? inline(it.purpose) : NOTHING}`,
      it.others.length > 0
        ? joined(
            it.others.map((other) => html`<a href="${href(other.to)}">${other.title}</a>`),
            ', ',
          )
        : html`<span class="dim">none in this catalog</span>`,
      ...(own ? [it.retry ? html`${retryText(it.retry)}` : NOTHING] : []),
    ]),
  );
}

export function serverTable(servers: readonly ServerRecord[]): Html {
  return table(
    ['Broker', 'Protocol', 'Address', 'Security'],
    servers.map((it) => [
      it.name,
      it.protocol,
      html`<code>${it.address}</code>`,
      it.security.length > 0 ? it.security.join(' or ') : html`<span class="dim">none asked</span>`,
    ]),
  );
}
