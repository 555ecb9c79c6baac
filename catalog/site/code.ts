import { isObject, type JsonValue } from '@chirograph/schema';
import { escaped, type Html, html, NOTHING, raw } from './html.ts';

/** Code to copy; the script adds the button. */
export function codeBlock(text: string, language: string, label?: string): Html {
  const name = label === undefined ? NOTHING : html` aria-label="${label}"`;
  // What scrolls must be reachable with the keyboard.
  return html`<pre class="code" data-lang="${language}" tabindex="0"${name}><code>${text}</code></pre>`;
}

export function jsonText(value: JsonValue | undefined): string {
  return JSON.stringify(value, null, 2) ?? '';
}

/**
 * JSON with the value at a pointer marked; what is missing there is marked where it should stand.
 * @param brief whether what is beside the way there is left out
 */
export function markedJson(value: JsonValue, at: string, label: string, brief = false): Html {
  const path = at
    .split('/')
    .slice(1)
    .map((it) => it.replaceAll('~1', '/').replaceAll('~0', '~'));
  return html`<pre class="code" data-lang="json" tabindex="0" aria-label="${label}"><code>${raw(written(value, path, '', brief))}</code></pre>`;
}

function written(
  value: JsonValue,
  path: readonly string[] | undefined,
  indent: string,
  brief: boolean,
): string {
  if (path?.length === 0) return `<mark>${escaped(plain(value, indent))}</mark>`;
  const isList = Array.isArray(value);
  if (path === undefined || !(isList || isObject(value))) return escaped(plain(value, indent));
  const [step, ...rest] = path;
  const inner = `${indent}  `;
  const entries: [string, JsonValue][] = isList
    ? (value as readonly JsonValue[]).map((it, index) => [String(index), it])
    : Object.entries(value as Readonly<Record<string, JsonValue>>);
  const shown = brief ? entries.filter(([name]) => name === step) : entries;
  const rows = shown.map(([name, child]) => {
    const key = isList ? '' : `${JSON.stringify(name)}: `;
    return `${inner}${escaped(key)}${written(child, name === step ? rest : undefined, inner, brief)}`;
  });
  if (!entries.some(([name]) => name === step)) {
    rows.push(
      `${inner}<mark class="gap">${escaped(isList ? `item ${step}` : JSON.stringify(step))} is missing</mark>`,
    );
  }
  if (shown.length < entries.length) rows.push(`${inner}...`);
  const [open, close] = isList ? '[]' : '{}';
  return `${open}\n${rows.join(',\n')}\n${indent}${close}`;
}

function plain(value: JsonValue, indent: string): string {
  return JSON.stringify(value, null, 2).replaceAll('\n', `\n${indent}`);
}
