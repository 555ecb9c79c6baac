import type { Service } from '@chirograph/contract/model';
import { relationsOf } from '../../data/relations.ts';
import type { GeneratedFile } from '../../generated-file.ts';
import { summaryOf } from '../../text/summary.ts';
import { type Atlas, link } from '../atlas.ts';
import { list, phrase, section, table } from '../text/markdown.ts';
import { page } from '../text/page.ts';
import { redirect } from '../text/redirect.ts';

/** The page of a team: who `info.contact` names, and the services that it answers for. */
export function teamPage(atlas: Atlas, owner: string): GeneratedFile[] {
  const place = atlas.owner(owner);
  const services = relationsOf(atlas.workspace).servicesOfOwner(owner);
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
  const contacts = services.flatMap((it) => it.contact ?? []);
  const email = contacts.find((it) => it.email !== undefined)?.email;
  const body = [
    section('How to reach them', list([...new Set(services.flatMap(contactOf))])),
    section('Answers for', table(['Service', 'Domain', 'What it does'], rows)),
  ];
  return [page(`${place.folder}.mdx`, { id: place.id, name: place.title, email }, body), fromUser];
}

/** What `info.contact` says beside the name. */
export function contactOf({ contact }: Service): string[] {
  return [contact?.email, contact?.url].flatMap((it) => (it === undefined ? [] : phrase(it)));
}
