import { isObject, type JsonValue, splitPointer } from '@chirograph/schema';
import type { InvalidExample } from '../data/catalog.ts';
import { rejectedExample } from '../data/schema-record.ts';
import { escapedText, type Html, html, NOTHING, raw } from './html.ts';

/**
 * Code to copy; the script adds the button.
 * @param isExample whether it is the example that others are told as differences of
 */
export function codeBlock(text: string, language: string, label?: string, isExample = false): Html {
  const name = label === undefined ? NOTHING : html` aria-label="${label}"`;
  // What scrolls must be reachable with the keyboard.
  return html`<pre class="code" data-lang="${language}"${isExample ? html` data-example` : NOTHING} tabindex="0"${name}><code>${text}</code></pre>`;
}

export function jsonText(value: JsonValue | undefined): string {
  return JSON.stringify(value, null, 2) ?? '';
}

/** JSON with the value at a pointer marked; what is missing there is marked where it should stand. */
export function markedJson(value: JsonValue, at: string, label: string): Html {
  return html`<pre class="code" data-lang="json" tabindex="0" aria-label="${label}"><code>${raw(written(value, splitPointer(at), '', false))}</code></pre>`;
}

/** An example with one value replaced: only the way there is shown, and the whole is copied. */
export function rejectedJson(example: JsonValue, invalid: InvalidExample, label: string): Html {
  const { at, value } = invalid;
  const path = splitPointer(at);
  const copy = JSON.stringify({ path, ...(value !== undefined && { value }) });
  return html`<pre class="code" data-lang="json" tabindex="0" data-copy="${copy}" aria-label="${label}"><code>${raw(written(rejectedExample(example, invalid), path, '', true))}</code></pre>`;
}

function written(
  value: JsonValue,
  path: readonly string[] | undefined,
  indent: string,
  brief: boolean,
): string {
  if (path?.length === 0) return `<mark>${escapedText(plain(value, indent))}</mark>`;
  const isList = Array.isArray(value);
  if (path === undefined || !(isList || isObject(value))) return escapedText(plain(value, indent));
  const [step, ...rest] = path;
  const inner = `${indent}  `;
  const entries: [string, JsonValue][] = isList
    ? (value as readonly JsonValue[]).map((it, index) => [String(index), it])
    : Object.entries(value as Readonly<Record<string, JsonValue>>);
  const shown = brief ? entries.filter(([name]) => name === step) : entries;
  const rows = shown.map(([name, child]) => {
    const key = isList ? '' : `${JSON.stringify(name)}: `;
    return `${inner}${escapedText(key)}${written(child, name === step ? rest : undefined, inner, brief)}`;
  });
  if (!entries.some(([name]) => name === step)) {
    rows.push(
      `${inner}<mark class="gap">${escapedText(isList ? `item ${step}` : JSON.stringify(step))} is missing</mark>`,
    );
  }
  if (shown.length < entries.length) rows.push(`${inner}...`);
  const [open, close] = isList ? '[]' : '{}';
  return `${open}\n${rows.join(',\n')}\n${indent}${close}`;
}

function plain(value: JsonValue, indent: string): string {
  return JSON.stringify(value, null, 2).replaceAll('\n', `\n${indent}`);
}
