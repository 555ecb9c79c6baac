import type { Link } from '../data/catalog.ts';
import { type Html, html, NOTHING } from './html.ts';
import type { Href } from './page.ts';

/** As many neighbours on a side as can be read at a glance; fifteen with both sides and the middle. */
const MOST = 7;

export interface MapNode extends Link {
  /** A second line: the domain, where it is another. */
  readonly note?: string | undefined;
}

/**
 * What is around one thing, as boxes in three columns that lines join: those before it, itself, those after it. Each box
 * is a link, so that a click takes a step outwards.
 */
export function neighbourhood(
  href: Href,
  middle: { readonly title: string; readonly note?: string },
  before: readonly MapNode[],
  after: readonly MapNode[],
  rest: string,
): Html {
  if (before.length + after.length === 0) return NOTHING;
  const column = (nodes: readonly MapNode[], side: string, label: string) =>
    html`<ul class="${side}" aria-label="${label}">${nodes
      .slice(0, MOST)
      .map(
        ({ to, title, note }) =>
          html`<li><a href="${href(to)}">${title}${note ? html`<small>${note}</small>` : NOTHING}</a></li>`,
      )}${nodes.length > MOST ? html`<li><a href="${rest}">${nodes.length - MOST} more</a></li>` : NOTHING}</ul>`;
  return html`<div class="map">${column(before, 'before', 'Before')}<div class="middle"><b>${middle.title}${
    middle.note ? html`<small>${middle.note}</small>` : NOTHING
  }</b></div>${column(after, 'after', 'After')}</div>`;
}
