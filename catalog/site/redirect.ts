import { html } from './html.ts';
import { hrefFrom } from './page.ts';

/** A page that leads on to another. */
export function redirectPage(from: string, to: string): string {
  const href = hrefFrom(from)(to);
  return `<!doctype html>${html`<meta charset="utf-8"><meta http-equiv="refresh" content="0; url=${href}"><title>Moved</title><a href="${href}">${href}</a>`.text}\n`;
}
