import type { CatalogIndex } from '../data/catalog.ts';
import type { Html } from './html.ts';

/** One page of the site, before it is put into the frame that all pages share. */
export interface Page {
  /** Its address in the catalog: `messages/shop.order.placed@1.0`, `index`. */
  readonly id: string;
  readonly title: string;
  /** One sentence for search results and previews of the page. */
  readonly description?: string | undefined;
  /** The part of the site that it belongs to, as the menu calls it. */
  readonly section?: Section;
  readonly main: Html;
  /** What stands on the left where there is room, and below elsewhere: the way to what is near. */
  readonly side?: Html | undefined;
  /** What stands on the right where there is room, and below the facts elsewhere: what is to be copied. */
  readonly aside?: Html | undefined;
  /** The page as markdown, for those who have no eyes for markup. */
  readonly markdown?: string;
}

export type Section =
  | 'messages'
  | 'services'
  | 'channels'
  | 'flows'
  | 'domains'
  | 'owners'
  | 'glossary'
  | 'changes'
  | 'pages';

/** What every page knows of the site. */
export interface Site {
  readonly index: CatalogIndex;
  readonly sections: readonly { readonly id: Section; readonly to: string; readonly title: string }[];
}

/** From a page to an address of the catalog, as a relative URL, so that the site works from any folder. */
export function hrefFrom(id: string): (to: string, ending?: string) => string {
  const here = folderOf(id);
  return (to, ending = '.html') => {
    const there = folderOf(to);
    const path = here === there ? to.slice(there.length) : `${here === '' ? '' : '../'}${to}`;
    return encodeURI(`${path}${ending}`).replace(/[?#]/g, encodeURIComponent);
  };
}

export type Href = ReturnType<typeof hrefFrom>;

function folderOf(id: string): string {
  return id.slice(0, id.lastIndexOf('/') + 1);
}
