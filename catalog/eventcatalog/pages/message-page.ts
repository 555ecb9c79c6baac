import type { Message, MessagePath, NodeId, Operation, Upcast } from '@chirograph/contract/model';
import { joinPointer } from '@chirograph/schema';
import { personalDataOf } from '../../data/personal-data.ts';
import { relationsOf } from '../../data/relations.ts';
import type { GeneratedFile } from '../../generated-file.ts';
import { bundle } from '../../schema/bundle.ts';
import { duration } from '../../text/duration.ts';
import { summaryOf } from '../../text/summary.ts';
import { type Atlas, link, ownersOf, type Place, pointer } from '../atlas.ts';
import { block, code, list, phrase, prose, section, table } from '../text/markdown.ts';
import { json, page } from '../text/page.ts';
import { redirect } from '../text/redirect.ts';
import { channelCell, messageCells, useText } from './operation-text.ts';
import { retryText } from './retry-text.ts';

/** The page of one version of a message, with its schemas and examples as files beside it. */
export function messagePage(atlas: Atlas, message: Message): GeneratedFile[] {
  const { workspace } = atlas;
  const place = atlas.node(message.id);
  const told = summaryOf(message.summary ?? message.description);
  const description = message.summary === undefined ? told.rest : (message.description ?? '');
  const payload = schemaFile(atlas, message, 'payload');
  const headers = schemaFile(atlas, message, 'headers');
  const examples = exampleFiles(message, place.folder);
  const front = {
    id: place.id,
    name: place.title,
    version: place.version,
    summary: told.summary,
    owners: ownersOf(workspace, message).map((it) => atlas.owner(it).id),
    channels: relationsOf(workspace)
      .channelsOf(message.id)
      .map((it) => pointer(atlas.node(it.id))),
    badges: badgesOf(message),
    schemaPath: payload && 'schema.json',
    deprecated: deprecatedOf(message),
  };
  const body = [
    prose(description),
    '<NodeGraph />',
    section('What the contract says', table(['', ''], factsOf(atlas, message))),
    section(
      message.kind === 'command' ? 'What it keeps true' : 'What is true when it happens',
      list(message.contract.invariants.map(phrase)),
    ),
    section('When it is refused', list(message.contract.failures.map(phrase))),
    section('Sent by', operationTable(atlas, message, 'send')),
    section('Received by', operationTable(atlas, message, 'receive')),
    section('Payload', payload && '<SchemaViewer file="schema.json" maxHeight="700" expand="true" />'),
    section(
      'Headers',
      headers && '<SchemaViewer file="headers.schema.json" maxHeight="500" expand="true" />',
    ),
    section(message.examples.length === 1 ? 'Example' : 'Examples', ...examples.blocks),
    section('From older versions', ...message.contract.upcasts.map((it) => upcastText(atlas, message, it))),
  ];
  return [
    page(`${place.folder}/index.mdx`, front, body),
    ...[payload, headers].flatMap((it) => it ?? []),
    ...examples.files,
    ...(message.kind === 'command' ? [fromEvent(place)] : []),
  ];
}

/** EventCatalog 3.48 links what a service publishes as if it were an event, whether or not it is a command. */
function fromEvent({ id, version }: Place): GeneratedFile {
  const address = `${encodeURIComponent(id)}/${version}`;
  return redirect(`docs/events/${id}/${version}`, `/docs/commands/${address}`, id);
}

/** EventCatalog's own form: since when, and a sentence. */
function deprecatedOf({ deprecated, contract }: Message): unknown {
  if (!contract.deprecation) return deprecated ? true : undefined;
  const { since, removal } = contract.deprecation;
  return { date: since, ...(removal !== undefined && { message: `It may be gone from ${removal} on.` }) };
}

function badgesOf({ kind, tags, contract }: Message): object[] {
  const badge = (content: string, icon: string) => ({
    content,
    backgroundColor: 'neutral',
    textColor: 'neutral',
    icon,
  });
  return [
    ...(kind === 'integration-event' ? [badge('Integration event', 'GlobeAltIcon')] : []),
    ...(contract.aggregate === undefined ? [] : [badge(contract.aggregate, 'CubeIcon')]),
    ...tags.map((it) => badge(it, 'TagIcon')),
  ];
}

/** The rows of the contract: a term and what it is for this message. */
function factsOf(atlas: Atlas, message: Message): string[][] {
  const { domain, name, version, contentType, contract, correlationId, bindings } = message;
  const { aggregate, orderingKey, identity, retry, retention, volume, trigger, outcome, leadsTo } = contract;
  const followers = messageCells(
    atlas,
    relationsOf(atlas.workspace)
      .messagesOfDomain(domain)
      .filter((it) => leadsTo.includes(it.name)),
  );
  const rows: [string, string | undefined][] = [
    ['Trigger', trigger && phrase(trigger)],
    ['Outcome', outcome && phrase(outcome)],
    ['Leads to', followers.map((it) => it.link).join(' · ') || undefined],
    ['Name on the wire', `${code(name)} ${phrase(version)}, ${code(contentType)}`],
    ['Aggregate', aggregate && link(atlas.aggregate({ domain, name: aggregate }))],
    ['Order', orderingKey && `kept among messages with one ${pathText(orderingKey)}`],
    [
      'Identity',
      identity.length > 0
        ? `${identity.map(pathText).join(' and ')}: a second delivery has no effect`
        : undefined,
    ],
    ['Correlation', correlationId && pathText(correlationId)],
    ['Retries', retry && retryText(retry)],
    ['Kept for', retention === undefined ? undefined : duration(retention)],
    ['Expected', volume && `${volume.perDay.toLocaleString('en')} a day`],
    ['Personal data', personalDataOf(atlas.workspace, message).map(code).join(', ') || undefined],
    ['Reference', contract.reference && phrase(contract.reference)],
    ['Bindings', bindings && code(JSON.stringify(bindings))],
  ];
  return rows.flatMap(([term, text]) => (text === undefined ? [] : [[`**${term}**`, text]]));
}

function pathText({ in: place, path }: MessagePath): string {
  const pointer = code(joinPointer(path));
  return place === 'headers' ? `${pointer} of the headers` : pointer;
}

/** Who sends or receives the message and what for: the words of their own documents. */
function operationTable(atlas: Atlas, message: Message, action: Operation['action']): string {
  const uses = relationsOf(atlas.workspace).uses(message.id, action);
  const own = uses.some(({ operation }) => operation.retry !== undefined);
  const head = ['Service', action === 'send' ? 'When' : 'What for', 'Channel', ...(own ? ['Retries'] : [])];
  return table(
    head,
    uses.map((use) => [
      link(atlas.node(use.operation.service)),
      useText(use),
      channelCell(atlas, use),
      ...(own ? [use.operation.retry && !use.isReply ? retryText(use.operation.retry) : ''] : []),
    ]),
  );
}

function schemaFile(atlas: Atlas, message: Message, part: 'payload' | 'headers'): GeneratedFile | undefined {
  const id: NodeId | undefined = message[part];
  if (id === undefined) return undefined;
  const place: Place = atlas.node(message.id);
  const title = part === 'payload' ? place.title : `${place.title}: headers`;
  const schema = bundle(atlas.workspace.schemas, id, title);
  const file = part === 'payload' ? 'schema.json' : 'headers.schema.json';
  return schema && { path: `${place.folder}/${file}`, text: json(schema) };
}

/** Examples as files, which EventCatalog lists with the schema, and as blocks for the page. */
function exampleFiles({ examples }: Message, folder: string): { files: GeneratedFile[]; blocks: string[] } {
  const files: GeneratedFile[] = [];
  const blocks: string[] = [];
  const titles: Record<string, { name: string }> = {};
  for (const [index, example] of examples.entries()) {
    const title = example.summary ?? example.name ?? `Example ${index + 1}`;
    const value =
      example.headers === undefined
        ? example.payload
        : { headers: example.headers, payload: example.payload };
    if (value === undefined) continue;
    const file = `example-${index + 1}.json`;
    titles[file] = { name: title };
    files.push({ path: `${folder}/examples/${file}`, text: json(value) });
    blocks.push(block('json', JSON.stringify(value, null, 2), title));
  }
  if (files.length > 0) files.push({ path: `${folder}/examples/examples.config.json`, text: json(titles) });
  return { files, blocks };
}

function upcastText(
  atlas: Atlas,
  { domain, name, version }: Message,
  { from, move, remove, default: defaults, byFunction }: Upcast,
): string {
  const older = relationsOf(atlas.workspace)
    .messagesNamed(domain, name)
    .find((it) => it.version === from);
  const changes = [
    ...move.map((it) => `${code(joinPointer(it.from))} moves to ${code(joinPointer(it.to))}`),
    ...remove.map((it) => `${code(joinPointer(it))} is dropped`),
    ...defaults.map(
      (it) => `${code(joinPointer(it.path))} is ${code(JSON.stringify(it.value))} where it is missing`,
    ),
  ];
  const source = older ? `${link(atlas.node(older.id))} ${phrase(from)}` : phrase(from);
  const own = phrase(version);
  const opening = `Who expects ${own} may be sent ${source}: it is brought up to ${own} on receipt`;
  if (byFunction) return `${opening}, by a function that each consumer brings.`;
  return changes.length === 0
    ? `${opening}, and nothing in it has to change.`
    : `${opening}.\n\n${list(changes)}`;
}
