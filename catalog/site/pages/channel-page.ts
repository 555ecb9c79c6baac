import type { ChannelRecord } from '../../data/catalog.ts';
import { html, NOTHING } from '../html.ts';
import { linkLine, section, table } from '../layout.ts';
import { inline, markdown } from '../markdown.ts';
import { hrefFrom, type Page } from '../page.ts';
import { kindMark, neighbourNotice } from '../words.ts';
import { serverTable } from './service-page.ts';

/** A channel: where it is, what it carries, who is at its ends. */
export function channelPage(record: ChannelRecord): Page {
  const href = hrefFrom(record.id);
  const { title, address, domain, summary, description, parameters, messages, bindings } = record;
  return {
    id: record.id,
    title,
    description: summary ?? `The channel ${title}.`,
    section: 'channels',
    main: html`<p class="crumbs"><a href="${href(domain.to)}">${domain.title}</a></p>
<h1 class="mono">${title}</h1>
${neighbourNotice(record.neighbour)}
${summary ? html`<p class="lead">${inline(summary)}</p>` : NOTHING}
${description ? html`<div class="prose">${markdown(description)}</div>` : NOTHING}
<dl class="facts"><div><dt>Address</dt><dd>${address === null ? 'known at run time only' : html`<code>${address}</code>`}</dd></div>${
      record.protocols.length > 0
        ? html`<div><dt>Protocol</dt><dd>${record.protocols.join(', ')}</dd></div>`
        : NOTHING
    }${bindings === undefined ? NOTHING : html`<div><dt>Bindings</dt><dd><code>${JSON.stringify(bindings)}</code></dd></div>`}</dl>
${section(
  'parameters',
  'Parameters',
  table(
    ['Name', 'What it is', 'Values'],
    parameters.map((it) => [
      html`<code>${it.name}</code>`,
      html`${it.description ? inline(it.description) : NOTHING}${it.location ? html`<small>in the message at <code>${it.location}</code></small>` : NOTHING}`,
      [
        ...(it.values ?? []),
        ...(it.values ? [] : it.examples.map((example) => `for example ${example}`)),
      ].join(', ') || html`<span class="dim">any</span>`,
    ]),
  ),
)}
${section(
  'messages',
  'Carries',
  table(
    ['Message', 'What it says', 'Sent by', 'Received by'],
    messages.map((it) => [
      html`<a href="${href(it.to)}">${it.title} ${it.version}</a> ${kindMark(it.kind)}<small><code>${it.name}</code></small>`,
      it.summary ? html`${inline(it.summary)}` : NOTHING,
      linkLine(it.senders, href),
      linkLine(it.receivers, href),
    ]),
  ),
)}
${section('servers', 'Brokers', serverTable(record.servers))}
<p class="source">Contract: <code>${record.written.file}:${record.written.line}</code> · <a href="${href(record.id, '.json')}">JSON</a> · <a href="${href(record.id, '.md')}">Markdown</a></p>`,
  };
}
