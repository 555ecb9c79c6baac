import type { Link } from '../data/catalog.ts';
import { type Html, html, joined, NOTHING, raw } from './html.ts';
import { type Href, hrefFrom, type Page, type Site } from './page.ts';

/** The frame of all pages: what stands above and beside what is told. */
export function documentOf(site: Site, page: Page): string {
  const href = hrefFrom(page.id);
  const root = page.id.includes('/') ? '../' : '';
  const { title } = site.index;
  const layout = [page.side ? 'has-side' : [], page.aside ? 'has-aside' : []].flat();
  const isHome = page.id === 'index';
  const told = page.description?.replace(/\s+/g, ' ').slice(0, 300);
  const document = html`<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<title>${isHome ? title : `${page.title} · ${title}`}</title>
${told ? html`<meta name="description" content="${told}">\n` : NOTHING}<link rel="icon" href="${root}assets/icon.svg">
<link rel="stylesheet" href="${root}assets/style.css">
<script src="${root}assets/app.js" defer></script>
</head>
<body data-root="${root}">
<a class="skip" href="#main">Skip to content</a>
<header class="top">
<a class="brand" href="${href('index')}">${title}</a>
<a class="find" href="${href('messages')}" data-search>Search<kbd>/</kbd></a>
<input type="checkbox" id="menu" aria-label="Show the menu"><label for="menu" aria-hidden="true">Menu</label>
<nav aria-label="Site">${site.sections.map(
    (it) =>
      html`<a href="${href(it.to)}"${it.id === page.section ? html` aria-current="true"` : NOTHING}>${it.title}</a>`,
  )}</nav>
</header>
<div class="${['page', ...layout].join(' ')}">
${page.side ? html`<nav class="side" aria-label="Nearby">${page.side}</nav>` : NOTHING}
<main id="main">${jumpsOf(page)}${page.main}</main>
${page.aside ? html`<aside class="aside" id="code" aria-label="Code">${page.aside}</aside>` : NOTHING}
</div>
</body>
</html>
`;
  return `<!doctype html>\n${withoutOptional(document.text)}`;
}

/** A page with code beside it is several screens long, on a phone a dozen: its sections, as links. */
function jumpsOf({ main, aside }: Page): Html {
  if (!aside) return NOTHING;
  const sections = [...main.text.matchAll(/<section id="([^"]+)"><h2><a [^>]*>([^<]*)<\/a>/g)];
  const links = sections.map(([, id = '', title = '']) => html`<a href="#${id}">${raw(title)}</a>`);
  return html`<nav class="jump" aria-label="On this page">${links}<a class="below" href="#code">Example and code</a></nav>\n`;
}

/** End tags that HTML lets one leave out, and empty lines between tags: they are a tenth of the pages. */
function withoutOptional(markup: string): string {
  return markup.replace(/<\/(?:li|d[td]|t[dhr]|thead|tbody)>/g, '').replace(/>\n{2,}</g, '>\n<');
}

/** A table that is as wide as it must be within a page that is not. */
export function table(head: readonly (string | Html)[], rows: readonly (readonly (string | Html)[])[]): Html {
  if (rows.length === 0) return NOTHING;
  // Where columns become lines, a short value needs its name; prose speaks for itself.
  const names = head.map((it, i) => (typeof it === 'string' && i > 0 && !PROSE.test(it) ? it : ''));
  return html`<table><thead><tr>${head.map((it) => html`<th>${it}</th>`)}</tr></thead><tbody>
${rows.map(
  (row) =>
    html`<tr>${row.map((cell, i) => html`<td${names[i] ? html` data-th="${names[i]}"` : NOTHING}>${cell}</td>`)}</tr>\n`,
)}</tbody></table>`;
}

const PROSE = /^(When|What .*)$/;

/** A heading with an anchor, and what stands under it; nothing where that is empty. */
export function section(id: string, title: string, ...body: readonly Html[]): Html {
  const filled = body.filter((it) => it.text !== '');
  return filled.length === 0
    ? NOTHING
    : html`<section id="${id}"><h2><a href="#${id}">${title}</a></h2>\n${filled}</section>\n`;
}

export function linkList(links: readonly Link[], href: Href): Html {
  if (links.length === 0) return NOTHING;
  return html`<ul class="plain">${links.map((it) => html`<li><a href="${href(it.to)}">${it.title}</a></li>`)}</ul>`;
}

/** The same in a line of text. */
export function linkLine(links: readonly Link[], href: Href): Html {
  return joined(
    links.map((it) => html`<a href="${href(it.to)}">${it.title}</a>`),
    ', ',
  );
}
