import type { Channel, Message, Service } from '@chirograph/contract/model';
import { camelCase } from './casing.ts';
import { exchangesOf } from './exchanges.ts';
import type { Scope } from './generator.ts';
import { messageContract } from './modules.ts';
import { type Code, code } from './source-file.ts';

/** The channels whose address is not known before run time, by their keys, with what is received on them. */
export function openChannels({ workspace }: Scope, service: Service): Map<string, Message[]> {
  const received = exchangesOf(workspace, service.id, 'receive').filter((it) => isOpen(it.channel));
  const byKey = Map.groupBy(received, (it) => openKey(it.channel));
  return new Map([...byKey].map(([key, exchanges]) => [key, exchanges.map((it) => it.message)]));
}

/** A message's contract on a channel; where that has no address, on the one that the options name. */
export function contractOn(scope: Scope, message: Message, channel: Channel | undefined): Code {
  const contract = messageContract(scope, message, channel);
  if (!isOpen(channel)) return [contract];
  return code`{ ...${contract}, channel: options.channels.${openKey(channel)} }`;
}

/** Whether its address is not known before run time. */
export function isOpen(channel: Channel | undefined): boolean {
  return channel?.address === null;
}

/** What it is called among the options of who receives on it. */
export function openKey(channel: Channel | undefined): string {
  return camelCase(channel?.key ?? '');
}
