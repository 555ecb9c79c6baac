import { humanize } from '../../text/humanize.ts';
import { slug } from '../../text/slug.ts';
import { html } from '../html.ts';
import { markdown } from '../markdown.ts';
import { hrefFrom, type Page } from '../page.ts';

/** A page that people wrote. */
export interface PeoplePage {
  /** The file's name without its ending; `index` is shown on the first page. */
  readonly name: string;
  /** CommonMark. A heading at its beginning is its title. */
  readonly text: string;
}

export function peoplePageId({ name }: PeoplePage): string {
  return `pages/${slug(name)}`;
}

export function peoplePage({ name, text }: PeoplePage): Page {
  const { title, rest } = titled(name, text);
  return {
    id: peoplePageId({ name, text }),
    title,
    section: 'pages',
    main: html`<h1>${title}</h1><div class="prose">${markdown(rest)}</div>`,
    markdown: text,
  };
}

/** The list of people's pages. */
export function peoplePagesList(pages: readonly PeoplePage[]): Page {
  const href = hrefFrom('pages');
  return {
    id: 'pages',
    title: 'Pages',
    section: 'pages',
    main: html`<h1>Pages</h1><ul class="plain">${pages.map(
      (it) => html`<li><a href="${href(peoplePageId(it))}">${titled(it.name, it.text).title}</a></li>`,
    )}</ul>`,
  };
}

function titled(name: string, text: string): { readonly title: string; readonly rest: string } {
  const [, title = humanize(name), rest = text] = /^\s*# +(.+?)\s*\n([\s\S]*)$/.exec(`${text}\n`) ?? [];
  return { title, rest };
}
