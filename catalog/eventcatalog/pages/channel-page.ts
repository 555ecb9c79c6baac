import type { Channel, Operation, Parameter } from '@chirograph/contract/model';
import { relationsOf } from '../../data/relations.ts';
import { protocolsOf, usersOf } from '../../data/rows.ts';
import type { GeneratedFile } from '../../generated-file.ts';
import { summaryOf } from '../../text/summary.ts';
import { type Atlas, link } from '../atlas.ts';
import { block, phrase, prose, section, table } from '../text/markdown.ts';
import { page } from '../text/page.ts';
import { gistOf, useText } from './operation-text.ts';
import { serverTable } from './server-table.ts';

/** The page of a channel. */
export function channelPage(atlas: Atlas, channel: Channel): GeneratedFile {
  const { workspace } = atlas;
  const place = atlas.node(channel.id);
  const told = summaryOf(channel.summary ?? channel.description);
  const relations = relationsOf(workspace);
  const messages = channel.messages.flatMap((it) => relations.message(it) ?? []);
  const front = {
    id: place.id,
    name: place.title,
    version: place.version,
    summary: told.summary ?? (channel.title === place.title ? undefined : channel.title),
    owners: relations
      .servicesOfFile(channel.at.file)
      .flatMap((it) => (it.owner === undefined ? [] : [atlas.owner(it.owner).id])),
    address: channel.address ?? undefined,
    protocols: protocolsOf(workspace, channel),
    parameters:
      channel.parameters.length === 0
        ? undefined
        : Object.fromEntries(channel.parameters.map((it) => [it.name, parameterOf(it)])),
  };
  const body = [
    prose(channel.summary === undefined ? told.rest : (channel.description ?? '')),
    channel.address === null ? 'Its address is known only at run time.' : '<ChannelInformation />',
    section(
      'Carries',
      table(
        ['Message', 'Version', 'What it says'],
        messages.map((it) => [link(atlas.node(it.id)), phrase(it.version), gistOf(it)]),
      ),
    ),
    section('Senders', operationTable(atlas, channel, 'send')),
    section('Receivers', operationTable(atlas, channel, 'receive')),
    section('Brokers', serverTable(usersOf(workspace, channel).flatMap((it) => it.servers))),
    section('Bindings', channel.bindings ? block('json', JSON.stringify(channel.bindings, null, 2)) : ''),
  ];
  return page(`${place.folder}/index.mdx`, front, body);
}

/** As EventCatalog shows it beside the address. */
function parameterOf({ description, values, default: usual, examples }: Parameter): object {
  return {
    ...(description !== undefined && { description }),
    ...(values && { enum: values }),
    ...(usual !== undefined && { default: usual }),
    ...(examples.length > 0 && { examples }),
  };
}

function operationTable(atlas: Atlas, channel: Channel, action: Operation['action']): string {
  const uses = relationsOf(atlas.workspace).usesOfChannel(channel.id, action);
  const once = new Map(uses.map((it) => [`${it.operation.id} ${it.isReply}`, it]));
  return table(
    ['Service', action === 'send' ? 'When' : 'What for'],
    [...once.values()].map((it) => [link(atlas.node(it.operation.service)), useText(it)]),
  );
}
