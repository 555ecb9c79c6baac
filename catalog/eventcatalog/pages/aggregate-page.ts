import { sendersOf } from '@chirograph/contract/model';
import type { GeneratedFile } from '../../generated-file.ts';
import { count, listed } from '../../text/count.ts';
import { type Aggregate, type Atlas, link, ownersOf } from '../atlas.ts';
import { list, phrase, section, table } from '../text/markdown.ts';
import { page } from '../text/page.ts';
import { messageCells } from './operation-text.ts';

/** The page of an aggregate: EventCatalog's entity, by the messages that name it. */
export function aggregatePage(atlas: Atlas, aggregate: Aggregate): GeneratedFile {
  const place = atlas.aggregate(aggregate);
  const { messages } = aggregate;
  const commands = messages.filter((it) => it.kind === 'command');
  const events = messages.filter((it) => it.kind !== 'command');
  const owners = new Set(messages.flatMap((it) => ownersOf(atlas.workspace, it)));
  const senders = new Set(messages.flatMap((it) => sendersOf(atlas.workspace, it.id)));
  const does = [
    ...(commands.length > 0 ? [`receives ${count(messageCells(atlas, commands).length, 'command')}`] : []),
    ...(events.length > 0 ? [`raises ${count(messageCells(atlas, events).length, 'event')}`] : []),
  ];
  const front = {
    id: place.id,
    name: place.title,
    version: place.version,
    summary: `An aggregate that ${listed(does)}.`,
    aggregateRoot: true,
    owners: [...owners].sort().map((it) => atlas.owner(it).id),
  };
  const body = [
    table(
      ['', ''],
      [
        ['**Domain**', link(atlas.domain(aggregate.domain))],
        ...[...senders].map((it) => ['**Raised by**', link(atlas.node(it.id))]),
      ],
    ),
    section('Commands', messageTable(atlas, commands)),
    section('Events', messageTable(atlas, events)),
    section('Invariants', list(invariantsOf(aggregate))),
  ];
  return page(`${place.folder}/index.mdx`, front, body);
}

function messageTable(atlas: Atlas, messages: Aggregate['messages']): string {
  return table(
    ['Message', 'Version', 'When'],
    messages.map((it) => [
      link(atlas.node(it.id)),
      phrase(it.version),
      phrase(it.contract.trigger ?? it.summary ?? ''),
    ]),
  );
}

/** What all messages of the aggregate promise, each sentence once. */
function invariantsOf({ messages }: Aggregate): string[] {
  return [...new Set(messages.flatMap((it) => it.contract.invariants.map(phrase)))];
}
