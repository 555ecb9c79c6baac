import type { FlowRecord, StepFailure, StepRecord } from '../../data/catalog.ts';
import { duration } from '../../text/duration.ts';
import { type Html, html, joined, NOTHING } from '../html.ts';
import { section } from '../layout.ts';
import { inline, markdown } from '../markdown.ts';
import { type Href, hrefFrom, type Page } from '../page.ts';

/**
 * A flow as lanes from top to bottom: a column a service, a row a step, an arrow from who sends to who receives. Where
 * there is no room for columns, the same rows stand one below the other and name their service.
 */
export function flowPage(record: FlowRecord): Page {
  const href = hrefFrom(record.id);
  const { title, domain, description, lanes, branches } = record;
  return {
    id: record.id,
    title,
    description,
    section: 'flows',
    main: html`<p class="crumbs"><a href="${href(domain.to)}">${domain.title}</a></p>
<h1>${title}</h1>
${description ? html`<div class="lead">${markdown(description)}</div>` : NOTHING}
${
  branches.length > 0
    ? html`<div class="notice"><p>It may go another way:</p><ul>${branches.map(
        (it) =>
          html`<li><a href="#step-${it.after}">after step ${it.after}</a>: <a href="${href(it.flow.to)}">${it.flow.title}</a></li>`,
      )}</ul></div>`
    : NOTHING
}
${section(
  'steps',
  'Step by step',
  html`<div class="lanes" style="--lanes:${lanes.length}"><div class="heads">${lanes.map(
    (it) => html`<div><a href="${href(it.to)}">${it.title}</a></div>`,
  )}</div><ol>${record.steps.map((step) => stepRow(record, step, href))}</ol></div>`,
)}
<p class="source">Contract: <code>${record.written.file}:${record.written.line}</code> · <a href="${href(record.id, '.json')}">JSON</a> · <a href="${href(record.id, '.md')}">Markdown</a></p>`,
  };
}

function stepRow(flow: FlowRecord, step: StepRecord, href: Href): Html {
  const { lanes, branches, steps } = flow;
  const lane = lanes[step.lane];
  const sender = step.from === undefined ? undefined : steps[step.from - 1];
  const names = joined(
    step.messages.map((it) => html`<a href="${href(it.to)}">${it.title}</a>`),
    ', ',
  );
  const told = step.description ? html`<span class="told">${inline(step.description)}</span>` : NOTHING;
  const row = html`<li id="step-${step.number}" class="${step.action}" style="--lane:${step.lane}${sender && sender.lane !== step.lane ? `;--from:${sender.lane}` : ''}"><div class="step"><i>${step.number}</i><b><a href="${href(lane?.to ?? 'index')}">${lane?.title}</a></b> ${step.action === 'send' ? 'sends' : 'receives'} ${names}${told}${afterText(step)}</div></li>\n`;
  const other = branches.filter((it) => it.after === step.number);
  const failures = step.onFailure ?? [];
  return html`${row}${failures.map(
    (it) =>
      html`<li class="branch" style="--lane:${step.lane}"><div class="step"><b>On failure</b> ${failureText(it, href)}</div></li>\n`,
  )}${other.map(
    (it) =>
      html`<li class="branch" style="--lane:${step.lane}"><div class="step"><b>Otherwise</b> ${it.first ? html`${inline(it.first)} ` : NOTHING}<a href="${href(it.flow.to)}#step-${it.after + 1}">${it.flow.title}</a></div></li>\n`,
  )}`;
}

function failureText({ name, type, step, flow, delay, limit }: StepFailure, href: Href): Html {
  const target = flow
    ? html`<a href="${href(flow.to)}">${flow.title}</a>`
    : step === undefined
      ? NOTHING
      : html`<a href="#step-${step}">step ${step}</a>`;
  if (type === 'end') return html`${name}: the flow ends`;
  if (type === 'goto') return html`${name}: on with ${target}`;
  const waits = delay === undefined ? '' : ` after ${duration(delay)}`;
  const times = limit === undefined ? '' : `, at most ${limit} times`;
  return html`${name}: tried again${waits}${times}${target.text === '' ? NOTHING : html`, by way of ${target}`}`;
}

/** Which steps this one comes after, where that is not simply the one before it. */
function afterText({ after, number }: StepRecord): Html {
  if (after.length === 0 || (after.length === 1 && after[0] === number - 1)) return NOTHING;
  return html`<span class="after">after ${joined(
    after.map((it) => html`<a href="#step-${it}">step ${it}</a>`),
    ' and ',
  )}</span>`;
}
