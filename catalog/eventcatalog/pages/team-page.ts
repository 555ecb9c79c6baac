import type { GeneratedFile } from '../../generated-file.ts';
import { summaryOf } from '../../text/summary.ts';
import { type Atlas, link } from '../atlas.ts';
import { phrase, section, table } from '../text/markdown.ts';
import { page } from '../text/page.ts';
import { redirect } from '../text/redirect.ts';

/** The page of a team: who `info.contact` names, and the services that it answers for. */
export function teamPage(atlas: Atlas, owner: string): GeneratedFile[] {
  const place = atlas.owner(owner);
  const services = atlas.workspace.services.filter((it) => it.owner === owner);
  const rows = services.map((it) => [
    link(atlas.node(it.id)),
    link(atlas.domain(it.domain)),
    phrase(summaryOf(it.description).summary ?? ''),
  ]);
  // EventCatalog 3.48 links every owner as if it were a user; there are only teams here.
  const fromUser = redirect(
    `docs/users/${place.id}`,
    `/docs/teams/${encodeURIComponent(place.id)}`,
    place.id,
  );
  const body = [section('Answers for', table(['Service', 'Domain', 'What it does'], rows))];
  return [page(`${place.folder}.mdx`, { id: place.id, name: place.title }, body), fromUser];
}
