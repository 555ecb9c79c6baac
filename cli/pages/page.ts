import { existsSync, readFileSync } from 'node:fs';

/**
 * The page of a code. The published package carries the pages beside its code; in the repository they stand under `docs`.
 * A change of headers has the page of the same change of a payload.
 */
export function pageOf(code: string): string | undefined {
  // By what there is: to know the rules of compatibility would cost every report of `validate` their start.
  const pages = [`diagnostics/${code}.md`, `compat/${code.replace('headers/', 'payload/')}.md`];
  const place = pages
    .flatMap((page) => ['../docs', '../../docs'].map((docs) => new URL(`${docs}/${page}`, import.meta.url)))
    .find((it) => existsSync(it));
  return place && readFileSync(place, 'utf8');
}

/** Why a finding of a code matters, in a line or two: the first paragraph of its page under that heading. */
export function whyOf(code: string): string | undefined {
  const page = pageOf(code);
  const [, why] = /^## Why it matters\n+([^\n]+(?:\n[^\n]+)*)/m.exec(page ?? '') ?? [];
  return why?.replaceAll('\n', ' ');
}
