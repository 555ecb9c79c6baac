import type { NodeId, Operation, Service } from '@chirograph/contract/model';
import { relationsOf } from '../../data/relations.ts';
import type { GeneratedFile } from '../../generated-file.ts';
import { specificationFile } from '../../schema/specification-file.ts';
import { summaryOf } from '../../text/summary.ts';
import { type Atlas, pointer } from '../atlas.ts';
import { list, prose, section, table } from '../text/markdown.ts';
import { page } from '../text/page.ts';
import { channelCell, messageCells, useText } from './operation-text.ts';
import { retryText } from './retry-text.ts';
import { serverTable } from './server-table.ts';
import { contactOf } from './team-page.ts';

/** The page of a service, with its AsyncAPI document beside it. */
export function servicePage(atlas: Atlas, service: Service): GeneratedFile[] {
  const { workspace } = atlas;
  const place = atlas.node(service.id);
  const { summary, rest } = summaryOf(service.description);
  const specification = specificationFile(workspace, service.at.file, place.folder);
  const relations = relationsOf(workspace);
  const uses = [
    ...relations.usesOfService(service.id, 'send'),
    ...relations.usesOfService(service.id, 'receive'),
  ];
  const sent = new Set(relations.usesOfService(service.id, 'send').map((it) => it.message));
  const flows = new Set(uses.flatMap(({ operation }) => relations.flowsOf(operation.id)));
  const front = {
    id: place.id,
    name: place.title,
    version: place.version,
    summary,
    owners: service.owner === undefined ? [] : [atlas.owner(service.owner).id],
    badges: service.tags.map((content) => ({
      content,
      backgroundColor: 'neutral',
      textColor: 'neutral',
      icon: 'TagIcon',
    })),
    specifications: specification && [{ type: 'asyncapi', path: specification.name, name: 'AsyncAPI' }],
    sends: pointers(atlas, service.id, 'send', 'to'),
    receives: pointers(atlas, service.id, 'receive', 'from'),
    entities: atlas.aggregates
      .filter((it) => it.messages.some((message) => sent.has(message.id)))
      .map((it) => pointer(atlas.aggregate(it))),
    flows: [...flows].map((it) => pointer(atlas.node(it.id))),
  };
  const body = [
    prose(rest),
    '<NodeGraph />',
    section('Sends', operationTable(atlas, service.id, 'send')),
    section('Receives', operationTable(atlas, service.id, 'receive')),
    section('Connects to', serverTable(service.servers)),
    section('How to reach its owner', list(contactOf(service))),
  ];
  return [page(`${place.folder}/index.mdx`, front, body), ...(specification ? [specification.file] : [])];
}

/** EventCatalog's side of the graph: each message version once, with all channels that it takes. */
function pointers(atlas: Atlas, service: NodeId, action: Operation['action'], way: 'to' | 'from'): object[] {
  const channels = new Map<NodeId, Set<NodeId>>();
  for (const { channel, message } of relationsOf(atlas.workspace).usesOfService(service, action)) {
    const ways = channels.get(message) ?? new Set();
    if (channel !== undefined) ways.add(channel);
    channels.set(message, ways);
  }
  return [...channels]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([message, ways]) => ({
      ...pointer(atlas.node(message)),
      [way]: [...ways].map((it) => pointer(atlas.node(it))),
    }));
}

function operationTable(atlas: Atlas, service: NodeId, action: Operation['action']): string {
  const relations = relationsOf(atlas.workspace);
  const uses = relations.usesOfService(service, action);
  const own = uses.some(({ operation }) => operation.retry !== undefined);
  const groups = Map.groupBy(uses, ({ operation, isReply }) => `${operation.id} ${isReply}`);
  const rows = [...groups.values()].flatMap((group) => {
    const [use] = group;
    if (!use) return [];
    const messages = group.flatMap((it) => relations.message(it.message) ?? []);
    return messageCells(atlas, messages).map((message) => [
      message.link,
      message.versions,
      useText(use),
      channelCell(atlas, use),
      ...(own ? [use.operation.retry && !use.isReply ? retryText(use.operation.retry) : ''] : []),
    ]);
  });
  const head = [
    'Message',
    'Versions',
    action === 'send' ? 'When' : 'What for',
    'Channel',
    ...(own ? ['Retries'] : []),
  ];
  return table(head, rows);
}
