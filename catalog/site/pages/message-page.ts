import type {
  Copy,
  Effect,
  Field,
  FindingRecord,
  MessageCode,
  MessageRecord,
  Owner,
  Participant,
  Sibling,
  Snippet,
  UpcastRecord,
  VersionChange,
} from '../../data/catalog.ts';
import { fieldsOf } from '../../data/fields.ts';
import { duration } from '../../text/duration.ts';
import { codeBlock, jsonText, markedJson, rejectedJson } from '../code.ts';
import { fieldsList } from '../fields-list.ts';
import { type Html, html, joined, NOTHING } from '../html.ts';
import { linkList, section, table } from '../layout.ts';
import { inline, markdown } from '../markdown.ts';
import { type Href, hrefFrom, type Page } from '../page.ts';
import {
  deprecatedMark,
  deprecatedText,
  KINDS,
  kindMark,
  neighbourNotice,
  retryText,
  verdictMark,
  volumeText,
} from '../words.ts';

/** A message: the facts first, then who and when, what it holds, what became of its versions; the picture last. */
export function messagePage(record: MessageRecord, siblings: readonly Sibling[], code: MessageCode): Page {
  const href = hrefFrom(record.id);
  const { title, version, name, kind, domain } = record;
  return {
    id: record.id,
    title: `${title} ${version}`,
    description: record.summary,
    section: 'messages',
    side: sideOf(record, siblings, href),
    aside: asideOf(record, code),
    main: html`<p class="crumbs"><a href="${href(domain.to)}">${domain.title}</a>${
      record.aggregate ? html` <span aria-hidden="true">›</span> ${record.aggregate}` : NOTHING
    }</p>
<h1>${title} <span class="version">${version}</span></h1>
<p class="wire">${kindMark(kind)} <code>${name}</code>${deprecatedMark(record.deprecated)}</p>
${record.summary ? html`<p class="lead">${inline(record.summary)}</p>` : NOTHING}
${neighbourNotice(record.neighbour)}
${noticeOf(record, href)}
${record.description ? html`<div class="prose">${markdown(record.description)}</div>` : NOTHING}
${factsOf(record, href)}
${section('senders', 'Who sends it', participants(record.senders, 'When', href))}
${section('receivers', 'Who receives it', participants(record.receivers, 'What for', href))}
${section('rules', kind === 'command' ? 'What it does' : 'When it happens', ...rulesOf(record, href))}
${section('failures', 'What can go wrong', failuresOf(record))}
${section('payload', 'Payload', schemaOf(record, 'payload', href))}
${section('headers', 'Headers', schemaOf(record, 'headers', href))}
${section('versions', 'Versions', versionsOf(record, href), ...record.changes.map((it) => changeOf(it, href)), ...record.upcasts.map((it) => upcastOf(it, record)))}
${section('flows', 'Flows it takes part in', linkList(record.flows, href))}
<p class="source">Contract: <code>${record.written.file}:${record.written.line}</code> · <a href="${href(record.id, '.json')}">JSON</a> · <a href="${href(record.id, '.md')}">Markdown</a></p>`,
  };
}

function sideOf(record: MessageRecord, siblings: readonly Sibling[], href: Href): Html {
  const of = record.aggregate ?? record.senders[0]?.service.title ?? record.domain.title;
  return html`<h2>${of}</h2><ul>${siblings.map((it) => {
    const here = it.to === record.id || record.versions.some(({ to }) => to === it.to);
    return html`<li><a href="${href(it.to)}" class="${it.kind}"${here ? html` aria-current="page"` : NOTHING}>${it.title}</a></li>`;
  })}</ul><p><a href="${href(record.domain.to)}">All of ${record.domain.title}</a></p>`;
}

/** What somebody who is about to use this version should know first. */
function noticeOf({ deprecated, versions, version }: MessageRecord, href: Href): Html {
  const [newest] = versions;
  const newer =
    newest && newest.version !== version
      ? html`<a href="${href(newest.to)}">${newest.version}</a> is the newest version.`
      : NOTHING;
  if (deprecated) return html`<p class="notice bad">${deprecatedText(deprecated)}. ${newer}</p>`;
  return newer.text === '' ? NOTHING : html`<p class="notice">${newer}</p>`;
}

function factsOf(record: MessageRecord, href: Href): Html {
  const { channels, orderingKey, identity, retry, retention, volume, personalData, owners } = record;
  const codes = (places: readonly string[]) =>
    joined(
      places.map((it) => html`<code>${it}</code>`),
      ', ',
    );
  const rows: [string, Html | false | undefined][] = [
    [
      'Owner',
      owners.length > 0 &&
        joined(
          owners.map((it) => ownerText(it, href)),
          ', ',
        ),
    ],
    [
      channels.length === 1 ? 'Channel' : 'Channels',
      channels.length > 0 &&
        joined(
          channels.map(
            (it) =>
              html`<a href="${href(it.to)}"><code>${it.title}</code></a>${it.protocols.length > 0 ? ` (${it.protocols.join(', ')})` : ''}`,
          ),
          ', ',
        ),
    ],
    ['Order', orderingKey !== undefined && html`kept per <code>${orderingKey}</code>`],
    ['Identity', identity.length > 0 && html`${codes(identity)}: a second delivery has no effect`],
    ['Retries', retry && html`${retryText(retry)}`],
    ['Kept for', retention !== undefined && html`${duration(retention)}`],
    ['Volume', volume !== undefined && html`${volumeText(volume)}`],
    ['Personal data', personalData.length > 0 && codes(personalData)],
    ['Correlation', record.correlation !== undefined && html`<code>${record.correlation}</code>`],
    ['Reference', record.reference !== undefined && html`${record.reference}`],
    ['Format', html`<code>${record.contentType}</code>`],
    ['Tags', record.tags.length > 0 && html`${record.tags.join(', ')}`],
    ['Bindings', record.bindings !== undefined && html`<code>${JSON.stringify(record.bindings)}</code>`],
  ];
  return html`<dl class="facts">${rows.flatMap(([term, text]) =>
    text ? [html`<div><dt>${term}</dt><dd>${text}</dd></div>`] : [],
  )}</dl>`;
}

export function ownerText({ to, title, email, url }: Owner, href: Href): Html {
  const ways = [
    ...(email === undefined ? [] : [html`<a href="mailto:${email}">${email}</a>`]),
    ...(url === undefined || !/^https?:/i.test(url)
      ? []
      : [html`<a href="${url}">${url.replace(/^https?:\/\//i, '')}</a>`]),
  ];
  return html`<a href="${href(to)}">${title}</a>${ways.length > 0 ? html` (${joined(ways, ', ')})` : NOTHING}`;
}

export function participants(list: readonly Participant[], purpose: string, href: Href): Html {
  const own = list.some((it) => it.retry);
  return table(
    ['Service', purpose, 'Owner', ...(own ? ['Retries'] : [])],
    list.map((it) => [
      html`<a href="${href(it.service.to)}">${it.service.title}</a>${
        it.domain ? html` <span class="dim">${it.domain.title}</span>` : NOTHING
      }`,
      html`${it.purpose ? inline(it.purpose) : NOTHING}<small><code>${it.operation}</code>${it.reply ? ' as a reply' : ''}</small>${it.copy ? copyText(it.copy, href) : NOTHING}`,
      it.owner ? html`<a href="${href(it.owner.to)}">${it.owner.title}</a>` : NOTHING,
      ...(own ? [it.retry ? html`${retryText(it.retry)}` : NOTHING] : []),
    ]),
  );
}

/** As many fields as a person reads in a line. */
const MOST_FIELDS = 8;

/** Where a service has its own description of the message, and what that does not name. */
function copyText({ written, page, version, leavesOut }: Copy, href: Href): Html {
  const shown = leavesOut.slice(0, MOST_FIELDS).map((it) => html`<code>${it}</code>`);
  const more = leavesOut.length - shown.length;
  const rest = more > 0 ? ` and ${more} more` : '';
  const what = page ? html`<a href="${href(page.to)}">${page.title} ${version}</a>` : 'its own description';
  return html`<small>by ${what}, <code>${written.file}:${String(written.line)}</code>${
    shown.length > 0 ? html`: leaves out ${joined(shown, ', ')}${rest}` : NOTHING
  }</small>`;
}

function rulesOf({ trigger, outcome, invariants, leadsTo, kind }: MessageRecord, href: Href): Html[] {
  return [
    trigger ? html`<p>${inline(trigger)}</p>` : NOTHING,
    outcome ? html`<p>${inline(outcome)}</p>` : NOTHING,
    leadsTo.length > 0
      ? html`<p>Leads to ${joined(
          leadsTo.map((it) => html`<a href="${href(it.to)}">${it.title}</a>`),
          ', ',
        )}.</p>`
      : NOTHING,
    invariants.length > 0
      ? html`<h3>${kind === 'command' ? 'It keeps true' : 'Always true'}</h3><ul>${invariants.map((it) => html`<li>${inline(it)}</li>`)}</ul>`
      : NOTHING,
  ];
}

function failuresOf({ failures, kind, receivers, retry }: MessageRecord): Html {
  const refused =
    failures.length > 0
      ? html`<h3>${kind === 'command' ? 'Refused when' : 'Failures'}</h3><ul>${failures.map((it) => html`<li>${inline(it)}</li>`)}</ul>`
      : NOTHING;
  const ladder =
    retry && receivers.length > 0
      ? html`<p>A receiver that fails is tried again ${retryText(retry)}. Later messages of the same key wait behind it.</p>`
      : NOTHING;
  return refused.text === '' ? NOTHING : html`${refused}${ladder}`;
}

/** The fields; the JSON Schema stands once, in the data beside the page, which the script shows in place. */
function schemaOf(record: MessageRecord, name: 'payload' | 'headers', href: Href): Html {
  const { foreignPayload, id } = record;
  if (name === 'payload' && foreignPayload !== undefined) {
    return codeBlock(foreignPayload, 'text', 'Schema of the payload');
  }
  const told = record[name];
  if (!told) return NOTHING;
  const fields = fieldsOf(told.schema);
  return html`${fields.length > 0 ? payloadFields(fields, record.envelope, name) : html`<p class="dim">No fields are described.</p>`}
<p class="schema"><a href="${href(id, '.json')}" data-schema="${name}">JSON Schema</a></p>`;
}

/** What is said in the message comes first; its envelope, which all messages share, folds below. */
function payloadFields(
  fields: readonly Field[],
  envelope: MessageRecord['envelope'],
  part: 'payload' | 'headers',
): Html {
  const parts = new Set(Object.values(envelope).map((it) => it.split('/')[1]));
  const data = fields.find(({ name }) => part === 'payload' && `/${name}` === envelope.data);
  const around = fields.filter((it) => it !== data && (parts.has(it.name) || it.values?.length === 1));
  if (!data?.fields || around.length < 3) return fieldsList(fields);
  const own = fields.filter((it) => !around.includes(it));
  return html`${fieldsList(own)}<details class="envelope"><summary>Envelope: ${joined(
    around.map((it) => html`<code>${it.name}</code>`),
    ', ',
  )}</summary>${fieldsList(around)}</details>`;
}

function versionsOf({ versions, version }: MessageRecord, href: Href): Html {
  if (versions.length < 2) return NOTHING;
  return table(
    ['Version', 'Senders', 'Receivers', ''],
    versions.map((it) => [
      it.version === version
        ? html`<b>${it.version}</b> <span class="dim">this page</span>`
        : html`<a href="${href(it.to)}">${it.version}</a>`,
      String(it.senders),
      String(it.receivers),
      it.deprecated ? html`${deprecatedText(it.deprecated)}` : NOTHING,
    ]),
  );
}

function changeOf(change: VersionChange, href: Href): Html {
  const { fromVersion, toVersion, findings, verdict, upcast, stillReading, stillSending } = change;
  const links = (list: VersionChange['stillReading']) =>
    joined(
      list.map((it) => html`<a href="${href(it.to)}">${it.title}</a>`),
      ', ',
    );
  const upcasts = {
    declared: html`<p>A reader of ${toVersion} may be sent ${fromVersion}: the contract declares how the one becomes the other.</p>`,
    function: html`<p>A reader of ${toVersion} may be sent ${fromVersion}: each consumer brings a function that makes one of the other.</p>`,
    none: NOTHING,
  };
  return html`<div class="change"><h3>${fromVersion} → ${toVersion} ${verdictMark(verdict)}</h3>
${findings.length === 0 ? html`<p>Nothing differs but the number.</p>` : findingsList(findings, { from: fromVersion, to: toVersion }, href)}
${upcasts[upcast]}
${stillReading.length > 0 ? html`<p><b>Still reads only ${fromVersion}:</b> ${links(stillReading)}</p>` : html`<p>Nobody in this catalog reads only ${fromVersion}.</p>`}
${stillSending.length > 0 ? html`<p><b>Still sends only ${fromVersion}:</b> ${links(stillSending)}</p>` : NOTHING}</div>`;
}

/** Differences, each with its verdict and the message that proves it. */
export function findingsList(
  findings: readonly FindingRecord[],
  names: { readonly from: string; readonly to: string },
  href: Href,
): Html {
  return html`<ul class="findings">${findings.map(
    (it) =>
      html`<li class="${it.verdict}"><div class="what">${it.approval ? html`<span class="verdict">Accepted</span>` : verdictMark(it.verdict)} <span>${inline(it.message)}</span></div>${it.effects.map(
        (effect) => effectOf(effect, names, href),
      )}${it.approval ? html`<p class="dim">Breaks, and was accepted: ${it.approval}</p>` : NOTHING}${it.approval ? NOTHING : fixOf(it)}</li>\n`,
  )}</ul>`;
}

function effectOf(
  effect: Effect,
  { from, to }: { readonly from: string; readonly to: string },
  href: Href,
): Html {
  const { direction, witness, services } = effect;
  const readers = services.filter((it) => it.action === 'receive');
  const affected = readers.length > 0 ? readers : services;
  const who = joined(
    affected.map((it) => html`<a href="${href(it.to)}">${it.title}</a>`),
    ', ',
  );
  const lead =
    direction === 'BACKWARD'
      ? html`A message of ${from} that readers of ${to} reject`
      : direction === 'FORWARD'
        ? html`A message of ${to} that readers of ${from} reject`
        : html`Affected`;
  if (!witness)
    return affected.length > 0 ? html`<p>${direction === undefined ? 'Affects' : lead}: ${who}</p>` : NOTHING;
  return html`<details class="witness"><summary>${lead}: <code>${witness.at || '/'}</code> ${witness.reason}</summary>
${markedJson(witness.value, witness.at, `The ${witness.part} that is rejected`)}
${affected.length > 0 ? html`<p>Affects ${who}.</p>` : NOTHING}</details>`;
}

function fixOf({ fix }: FindingRecord): Html {
  if (!fix) return NOTHING;
  return html`<div class="fix"><b>Fix:</b> ${inline(fix.text)} <span class="dim">(checked: ${fix.checked})</span>${
    fix.upcast === undefined || fix.text.includes('upcasts: [')
      ? NOTHING
      : codeBlock(jsonText(fix.upcast), 'json', 'Upcast to declare')
  }${fix.or ? html`<br>Or: ${inline(fix.or.text)} <span class="dim">(checked: ${fix.or.checked})</span>` : NOTHING}</div>`;
}

function upcastOf(
  { from, move, remove, default: defaults, byFunction }: UpcastRecord,
  { version }: MessageRecord,
): Html {
  if (byFunction) return NOTHING;
  const steps = [
    ...move.map((it) => html`<code>${it.from}</code> moves to <code>${it.to}</code>`),
    ...remove.map((it) => html`<code>${it}</code> is dropped`),
    ...defaults.map(
      (it) => html`<code>${it.path}</code> is <code>${JSON.stringify(it.value)}</code> where it is missing`,
    ),
  ];
  if (steps.length === 0) return html`<p>A ${from} is read as a ${version} as it is.</p>`;
  return html`<h3>How a ${from} becomes a ${version}</h3><ul>${steps.map((it) => html`<li>${it}</li>`)}</ul>`;
}

/** What is to be copied. */
function asideOf({ examples, invalid, kind }: MessageRecord, code: MessageCode): Html {
  const blocks = examples.map(({ title, payload, headers }, index) => {
    const value =
      headers === undefined ? payload : payload === undefined ? { headers } : { headers, payload };
    return html`<h3>${title}</h3>${codeBlock(jsonText(value), 'json', title, index === 0)}`;
  });
  const snippets = (title: string, list: readonly Snippet[], open: boolean) =>
    list.length === 0
      ? NOTHING
      : html`<details${open ? html` open` : NOTHING}><summary>${title}</summary>${list.map(
          (it) =>
            html`<p class="dim">${it.title}</p>${codeBlock(it.text, it.language, `${title}: ${it.title}`)}`,
        )}</details>`;
  const wrong =
    invalid && examples[0]?.payload !== undefined
      ? html`<details class="brief"><summary>One that is rejected</summary><p><code>${invalid.at}</code> ${invalid.reason}</p>${rejectedJson(examples[0].payload, invalid, 'A message that is rejected')}</details>`
      : NOTHING;
  const all = [
    html`${blocks}`,
    snippets('Send it', code.send, blocks.length === 0),
    snippets('Receive it', code.receive, false),
    snippets('Mock it', code.mock, false),
    wrong,
  ];
  if (all.every((it) => it.text === '')) return NOTHING;
  return html`<h2 class="quiet">${KINDS[kind]} in code</h2>${all}`;
}
