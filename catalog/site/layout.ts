import type { Link } from '../data/catalog.ts';
import { type Html, html, NOTHING } from './html.ts';
import { type Href, hrefFrom, type Page, type Site } from './page.ts';

/** The frame of all pages: what stands above and beside what is told. */
export function documentOf(site: Site, page: Page): string {
  const href = hrefFrom(page.id);
  const root = page.id.includes('/') ? '../' : '';
  const { title } = site.index;
  const layout = [page.side && 'has-side', page.aside && 'has-aside'].filter(Boolean).join(' ');
  const isHome = page.id === 'index';
  const told = page.description?.replace(/\s+/g, ' ').slice(0, 300);
  return `<!doctype html>\n${
    html`<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${isHome ? title : `${page.title} · ${title}`}</title>
${told ? html`<meta name="description" content="${told}">\n` : NOTHING}<link rel="icon" href="${root}assets/icon.svg">
<link rel="stylesheet" href="${root}assets/style.css">
${html`<link rel="alternate" type="text/markdown" href="${href(page.id, '.md')}">\n`}</head>
<body data-root="${root}">
<a class="skip" href="#main">Skip to content</a>
<header class="top">
<a class="brand" href="${href('index')}"><svg viewBox="0 0 16 16" aria-hidden="true"><use href="#logo"/></svg>${title}</a>
<a class="find" href="${href('messages')}" data-search>Search<kbd>/</kbd></a>
<input type="checkbox" id="menu" aria-label="Show the menu"><label for="menu" aria-hidden="true">Menu</label>
<nav aria-label="Site">${site.sections.map(
      (it) =>
        html`<a href="${href(it.to)}"${it.id === page.section ? html` aria-current="true"` : NOTHING}>${it.title}</a>`,
    )}</nav>
</header>
<div class="page ${layout}">
${page.side ? html`<nav class="side" aria-label="Nearby">${page.side}</nav>` : NOTHING}
<main id="main">${page.main}</main>
${page.aside ? html`<aside class="aside" aria-label="Code">${page.aside}</aside>` : NOTHING}
</div>
<svg width="0" height="0" aria-hidden="true" class="defs"><symbol id="logo" viewBox="0 0 16 16"><path d="M2 2h12v5.2c-1.5 0-1.5 1.6-3 1.6S9.500 7.200 8 7.200 6.500 8.800 5 8.800 3.500 7.200 2 7.200z" fill="currentColor"/><path d="M2 9.600c1.500 0 1.500 1.600 3 1.600s1.500-1.600 3-1.600 1.500 1.600 3 1.600 1.500-1.600 3-1.600V14H2z" fill="currentColor" opacity=".55"/></symbol></svg>
<script src="${root}assets/app.js" defer></script>
</body>
</html>
`.text
  }`;
}

/** A table that is as wide as it must be within a page that is not. */
export function table(head: readonly (string | Html)[], rows: readonly (readonly (string | Html)[])[]): Html {
  if (rows.length === 0) return NOTHING;
  // Where columns become lines, a short value needs its name; prose speaks for itself.
  const names = head.map((it, i) => (typeof it === 'string' && i > 0 && !PROSE.test(it) ? it : ''));
  return html`<table><thead><tr>${head.map((it) => html`<th scope="col">${it}</th>`)}</tr></thead><tbody>
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
