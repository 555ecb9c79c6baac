import type { Channel, Message, Service } from '@chirograph/contract/model';
import { camelCase } from '../source/casing.ts';
import { exchangesOf } from '../source/exchanges.ts';
import type { Scope } from '../source/generator.ts';
import { messageContract, sideNames } from '../source/modules.ts';
import { type Code, code, docComment } from '../source/source-file.ts';

/** The channels whose address is not known before run time, by their keys, with what is received on them. */
export function openChannels({ workspace }: Scope, service: Service): Map<string, Message[]> {
  const received = exchangesOf(workspace, service.id, 'receive').filter((it) => isOpen(it.channel));
  const byKey = Map.groupBy(received, (it) => openKey(it.channel));
  return new Map([...byKey].map(([key, exchanges]) => [key, exchanges.map((it) => it.message)]));
}

/** Where messages come in that go to an address which the contract leaves to run time. */
export function channelDemands(
  scope: Scope,
  service: Service,
  open: ReadonlyMap<string, readonly Message[]>,
): Code[] {
  if (open.size === 0) return [];
  return [
    docComment(`${service.title}: the addresses of channels that its contract leaves open.`),
    `export interface ${sideNames(scope, service, 'Channels').type} {`,
    ...[...open].flatMap(([key, messages]) => [
      docComment(`Where ${messages.map((it) => `\`${it.name}\` ${it.version}`).join(', ')} comes in.`, '  '),
      `  readonly ${key}: string;`,
    ]),
    '}',
    '',
  ];
}

/** A message's contract on a channel; where that has no address, on the one that the options name. */
export function contractOn(scope: Scope, message: Message, channel: Channel | undefined): Code {
  const contract = messageContract(scope, message, channel);
  if (!isOpen(channel)) return [contract];
  return code`{ ...${contract}, channel: options.channels.${openKey(channel)} }`;
}

function isOpen(channel: Channel | undefined): boolean {
  return channel?.address === null;
}

function openKey(channel: Channel | undefined): string {
  return camelCase(channel?.key ?? '');
}
