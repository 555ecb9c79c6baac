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
  let text = strings[0] ?? '';
  for (const [index, part] of parts.entries()) text += written(part) + (strings[index + 1] ?? '');
  return new Html(text);
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

export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (it) => ENTITIES[it] ?? it);
}

function written(part: Part): string {
  if (part instanceof Html) return part.text;
  if (typeof part === 'string') return escaped(part);
  if (typeof part === 'number') return String(part);
  if (Array.isArray(part)) return (part as readonly Part[]).map(written).join('');
  return '';
}
