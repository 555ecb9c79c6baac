import { Marked } from 'marked';
import { escaped, type Html, html, raw } from './html.ts';

/** What could mean anything in CommonMark. */
const MARKUP = /[\\`*_[\]<>#!|~&]|^\s*([-+]|\d+[.)])\s|\n|:\/\//m;

/** A link that a page may have: to the web, to a mailbox, to a page of this site. Never to a script. */
const SAFE_LINK = /^(https?:|mailto:|#|\.{0,2}\/|[^:/?#]+(?:[/?#]|$))/i;

/** Made when the first text needs it. */
let renderer: Marked | undefined;

function marked(): Marked {
  renderer ??= new Marked({
    gfm: true,
    renderer: {
      html: ({ text }) => escaped(text),
      link({ href, tokens }) {
        const text = this.parser.parseInline(tokens);
        return SAFE_LINK.test(href) ? `<a href="${escaped(href)}">${text}</a>` : text;
      },
      // Would ask another host for something; the words say what it shows.
      image: ({ text }) => escaped(text),
      checkbox: ({ checked }) => (checked ? '☑ ' : '☐ '),
      // A page has headings of its own above these.
      heading({ tokens, depth }) {
        const level = Math.min(depth + 2, 6);
        return `<h${level}>${this.parser.parseInline(tokens)}</h${level}>\n`;
      },
    },
  });
  return renderer;
}

/** CommonMark with tables, from a contract or from a person: markup in it stays text. */
export function markdown(text: string): Html {
  return MARKUP.test(text) ? raw(marked().parse(text, { async: false })) : html`<p>${text}</p>`;
}

/** The same within a line: no paragraphs, no lists. */
export function inline(text: string): Html {
  if (!MARKUP.test(text)) return html`${text}`;
  return raw(marked().parseInline(text.replace(/\s+/g, ' '), { async: false }));
}
