import type { Workspace } from '@chirograph/contract/model';
import { catalogued } from '../data/catalogued.ts';
import type { GeneratedFile } from '../generated-file.ts';
import { printable } from '../text/printable.ts';
import { atlasOf } from './atlas.ts';
import { aggregatePage } from './pages/aggregate-page.ts';
import { channelPage } from './pages/channel-page.ts';
import { domainPage } from './pages/domain-page.ts';
import { flowPage } from './pages/flow-page.ts';
import { glossaryPage } from './pages/glossary-page.ts';
import { messagePage } from './pages/message-page.ts';
import { servicePage } from './pages/service-page.ts';
import { teamPage } from './pages/team-page.ts';

/**
 * The content of an EventCatalog project (@eventcatalog/core 3) that shows a workspace: MDX pages, JSON Schemas,
 * examples and the AsyncAPI documents themselves, sorted by path. Equal workspaces give equal files.
 *
 * Throws when a node of the workspace refers to one that it does not hold, which loading rules out.
 */
export function eventCatalogOf(contracts: Workspace): GeneratedFile[] {
  const workspace = catalogued(contracts);
  const atlas = atlasOf(workspace);
  const files = [
    ...workspace.domains.map((it) => domainPage(atlas, it)),
    ...workspace.domains.flatMap((it) => glossaryPage(atlas, it) ?? []),
    ...workspace.services.flatMap((it) => servicePage(atlas, it)),
    ...workspace.channels.map((it) => channelPage(atlas, it)),
    ...workspace.messages.flatMap((it) => messagePage(atlas, it)),
    ...workspace.flows.map((it) => flowPage(atlas, it)),
    ...atlas.aggregates.map((it) => aggregatePage(atlas, it)),
    ...atlas.owners.flatMap((it) => teamPage(atlas, it)),
  ];
  return files
    .map(({ path, text }) => ({ path, text: printable(path, text) }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}
