/** A page of the site: its path below the content folder, and its markdown. */
export interface SitePage {
  readonly path: string;
  readonly text: string;
}
