import type { GeneratedFile } from '../../generated-file.ts';

/**
 * A page that leads on to another: where EventCatalog's own templates link to an address that does not exist.
 * @param from the address without a slash at its ends: `docs/users/loyalty-squad`
 */
export function redirect(from: string, to: string, title: string): GeneratedFile {
  return {
    path: `public/${from}/index.html`,
    text: `<!doctype html>\n<meta http-equiv="refresh" content="0; url=${to}">\n<title>${title}</title>\n`,
  };
}
