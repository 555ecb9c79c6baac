import { isNeighbours, oncePer, ownPartOf, type Service, type Workspace } from '@chirograph/contract/model';
import { joined } from './joined.ts';

/**
 * What a catalog is made of: our own services, and of neighbours those that send them something or receive something from
 * them, with that. Who answers for these is told in their own catalog.
 */
export const catalogued = oncePer((contracts: Workspace): Workspace => {
  const part = ownPartOf(contracts);
  return joined(
    part === contracts ? part : { ...part, services: part.services.map((it) => withoutOwner(it)) },
  );
});

function withoutOwner(service: Service): Service {
  if (service.neighbour === undefined) return service;
  const { owner: _, contact: __, ...rest } = service;
  return rest;
}

/** The name of the neighbour whose documents a thing is written in. */
export function neighbourOf(
  workspace: Workspace,
  thing: { readonly at: { readonly file: string } },
): string | undefined {
  if (!isNeighbours(workspace, thing)) return undefined;
  const { file } = thing.at;
  return workspace.domains.find(
    ({ neighbour, folder }) => neighbour !== undefined && (file === folder || file.startsWith(`${folder}/`)),
  )?.neighbour;
}

/** What a neighbour's domain or service is called: it must not pass for our own. */
export function markedTitle(title: string, neighbour: string | undefined): string {
  return neighbour === undefined ? title : `${title} (neighbour)`;
}
