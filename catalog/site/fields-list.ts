import type { JsonValue } from '@chirograph/schema';
import type { Field } from '../data/catalog.ts';
import { type Html, html, joined, NOTHING } from './html.ts';
import { inline } from './markdown.ts';

/** Fields as people read them: name, type and what is asked of it on one line, what it means below; what it holds folds. */
export function fieldsList(fields: readonly Field[], depth = 0): Html {
  if (fields.length === 0) return NOTHING;
  return html`<ul class="fields">${fields.map((it) => fieldItem(it, depth))}</ul>`;
}

function fieldItem(field: Field, depth: number): Html {
  const { name, type, required, title, description, deprecated, personalData, recursive } = field;
  const told = description ?? title;
  // A format says what kind of string it is.
  const formats = field.constraints.filter((it) => FORMAT.test(it));
  const marks = [
    required && html` <b>required</b>`,
    deprecated && html` <span class="mark bad">deprecated</span>`,
    personalData && html` <span class="mark warn">personal data</span>`,
  ].filter((it) => it !== false && it !== undefined);
  return html`<li><code>${name}</code> <i>${[type, ...formats].join(', ')}</i>${joined(marks as Html[], '')}${
    told ? html`<p>${inline(told)}</p>` : NOTHING
  }${demands(field)}${recursive ? html`<div class="asks">the same as <code>${recursive}</code> above</div>` : NOTHING}${inner(field, depth)}</li>\n`;
}

const FORMAT = /^[a-z][a-z0-9-]*$/;

/** What is asked of the value. */
function demands({ constraints, values, default: preset }: Field): Html {
  const only = values?.length === 1 && values[0] !== undefined;
  const parts = [
    ...(only ? [html`always <code>${shown(values[0])}</code>`] : []),
    ...(values && !only
      ? [
          html`one of ${joined(
            values.map((it) => html`<code>${shown(it)}</code>`),
            ' ',
          )}`,
        ]
      : []),
    ...constraints.filter((it) => !FORMAT.test(it)).map((it) => html`${it}`),
    ...(preset === undefined ? [] : [html`default <code>${shown(preset)}</code>`]),
  ];
  return parts.length === 0 ? NOTHING : html`<div class="asks">${joined(parts, ' · ')}</div>`;
}

/** A few fields are shown at once; many, or deep ones, fold. */
function inner({ name, fields = [], variants = [] }: Field, depth: number): Html {
  const own =
    fields.length === 0
      ? NOTHING
      : html`<details${depth === 0 && fields.length <= 12 ? html` open` : NOTHING}><summary class="brief">${fields.length} ${fields.length === 1 ? 'field' : 'fields'} of <code>${name}</code></summary>${fieldsList(fields, depth + 1)}</details>`;
  const branches = variants.map((it) =>
    it.fields.length === 0
      ? html`<div class="asks">or: ${it.title}</div>`
      : html`<details><summary>${it.title}</summary>${fieldsList(it.fields, depth + 1)}</details>`,
  );
  return branches.length === 0
    ? own
    : html`${own}<div class="variants"><div class="asks">One of ${branches.length}:</div>${branches}</div>`;
}

function shown(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
