/**
 * The site: the catalog as static pages that need no script and no server. Whatever comes from a contract is text until
 * it is put into a page by the `html` tag, which escapes it.
 */

/** Markup that is finished. Made by `html` alone, or by `raw` from what this package itself wrote. */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

export type Part = Html | string | number | false | undefined | readonly Part[];

/** Markup with values in it: text is escaped, markup is taken in, lists one after the other, nothing for nothing. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  const escapes = escapesOf(strings);
  let text = strings[0] ?? '';
  for (let i = 0; i < parts.length; i += 1) text += written(parts[i], escapes[i] ?? escaped) + strings[i + 1];
  return new Html(text);
}

type Escape = (text: string) => string;

const known = new WeakMap<TemplateStringsArray, readonly Escape[]>();

/** For each value of a template: within a tag quotes are escaped too, between tags they need not be. */
function escapesOf(strings: TemplateStringsArray): readonly Escape[] {
  const found = known.get(strings);
  if (found) return found;
  let before = '';
  const escapes = strings.map((it) => {
    before += it;
    const last = before.slice(Math.max(before.lastIndexOf('<'), before.lastIndexOf('>')) + 1);
    const inTag = before.lastIndexOf('<') > before.lastIndexOf('>') || last.split('"').length % 2 === 0;
    return inTag ? escaped : escapedText;
  });
  known.set(strings, escapes);
  return escapes;
}

export function raw(text: string): Html {
  return new Html(text);
}

export const NOTHING = raw('');

/** Markup with something between its parts. */
export function joined(parts: readonly Html[], between: string): Html {
  return raw(parts.map((it) => it.text).join(between));
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** For any place: an attribute's value, text between tags. */
export function escaped(text: string): string {
  return /[&<>"']/.test(text) ? text.replace(/[&<>"']/g, (it) => ENTITIES[it] ?? it) : text;
}

/** For text between tags. */
export function escapedText(text: string): string {
  return /[&<>]/.test(text) ? text.replace(/[&<>]/g, (it) => ENTITIES[it] ?? it) : text;
}

function written(part: Part, escapes: Escape): string {
  if (part instanceof Html) return part.text;
  if (typeof part === 'string') return escapes(part);
  if (typeof part === 'number') return String(part);
  if (Array.isArray(part)) {
    let text = '';
    for (const it of part as readonly Part[]) text += written(it, escapes);
    return text;
  }
  return '';
}
