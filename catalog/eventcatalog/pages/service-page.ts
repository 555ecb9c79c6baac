import {
  messagesOf,
  type NodeId,
  type Operation,
  operationsOf,
  type Service,
} from '@chirograph/contract/model';
import type { GeneratedFile } from '../../generated-file.ts';
import { summaryOf } from '../../text/summary.ts';
import { type Atlas, pointer } from '../atlas.ts';
import { prose, section, table } from '../text/markdown.ts';
import { page } from '../text/page.ts';
import { channelCell, messageCells, purposeOf } from './operation-text.ts';
import { retryText } from './retry-text.ts';
import { specificationFiles } from './specification-files.ts';

/** The page of a service, with its AsyncAPI document and the files that this refers to beside it. */
export function servicePage(atlas: Atlas, service: Service): GeneratedFile[] {
  const { workspace } = atlas;
  const place = atlas.node(service.id);
  const { summary, rest } = summaryOf(service.description);
  const specification = specificationFiles(workspace, service.at.file, place.folder);
  const sent = new Set(messagesOf(workspace, service.id, 'send').map((it) => it.id));
  const operations = new Set(operationsOf(workspace, service.id).map((it) => it.id));
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
    specifications: specification
      .map(({ name }) => ({ type: 'asyncapi', path: name, name: 'AsyncAPI' }))
      .slice(0, 1),
    sends: pointers(atlas, service.id, 'send', 'to'),
    receives: pointers(atlas, service.id, 'receive', 'from'),
    entities: atlas.aggregates
      .filter((it) => it.messages.some((message) => sent.has(message.id)))
      .map((it) => pointer(atlas.aggregate(it))),
    flows: workspace.flows
      .filter((it) => it.steps.some((step) => operations.has(step.operation)))
      .map((it) => pointer(atlas.node(it.id))),
  };
  const body = [
    prose(rest),
    '<NodeGraph />',
    section('Sends', operationTable(atlas, service.id, 'send')),
    section('Receives', operationTable(atlas, service.id, 'receive')),
  ];
  return [page(`${place.folder}/index.mdx`, front, body), ...specification.map(({ file }) => file)];
}

/** EventCatalog's side of the graph: each message version once, with all channels that it takes. */
function pointers(atlas: Atlas, service: NodeId, action: Operation['action'], way: 'to' | 'from'): object[] {
  const channels = new Map<NodeId, Set<NodeId>>();
  for (const { channel, messages } of operationsOf(atlas.workspace, service, action)) {
    for (const message of messages)
      channels.set(message, new Set([...(channels.get(message) ?? []), channel]));
  }
  return [...channels]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([message, ways]) => ({
      ...pointer(atlas.node(message)),
      [way]: [...ways].map((it) => pointer(atlas.node(it))),
    }));
}

function operationTable(atlas: Atlas, service: NodeId, action: Operation['action']): string {
  const { workspace } = atlas;
  const operations = operationsOf(workspace, service, action);
  const own = operations.some((it) => it.retry !== undefined);
  const rows = operations.flatMap((operation) => {
    const messages = workspace.messages.filter((it) => operation.messages.includes(it.id));
    return messageCells(atlas, messages).map((message) => [
      message.link,
      message.versions,
      purposeOf(operation),
      channelCell(atlas, operation),
      ...(own ? [operation.retry ? retryText(operation.retry) : ''] : []),
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
