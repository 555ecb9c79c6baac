import { type Channel, type Message, type Service, versionsOf } from '@chirograph/contract/model';
import { channelsIn, isKnown } from './addressed.ts';
import { lowerInitials, pascalCase } from './casing.ts';
import { channelOf } from './channel-of.ts';
import { derivedNames } from './derived-names.ts';

import type { Scope } from './generator.ts';
import { versionSuffix } from './names.ts';
import { type ImportedSymbol, typeSymbol, valueSymbol } from './source-file.ts';

/** Where each output keeps what others refer to: the one place where generators agree. */

export const RUNTIME = '@chirograph/runtime';
export const RUNTIME_CONTRACT = '@chirograph/runtime/contract';
export const RUNTIME_AVRO = '@chirograph/runtime/avro';
export const RUNTIME_VALIDATION = '@chirograph/runtime/validation';
export const RUNTIME_FORMATS = '@chirograph/runtime/formats';
export const RUNTIME_HTTP = '@chirograph/runtime/http';
export const RUNTIME_SAMPLES = '@chirograph/runtime/samples';

export function messageType(scope: Scope, message: Message): ImportedSymbol {
  return typeSymbol(scope.names.typeOf(message), `${scope.folder}/types.ts`);
}

export function messageGuard(scope: Scope, message: Message): ImportedSymbol {
  return valueSymbol(`is${scope.names.typeOf(message)}`, `${scope.folder}/validators.ts`);
}

/** The type of a message's headers; undefined where its contract says nothing of them. */
export function headersType(scope: Scope, { headers }: Message): ImportedSymbol | undefined {
  return headers === undefined
    ? undefined
    : typeSymbol(scope.names.schemaType(headers), `${scope.folder}/types.ts`);
}

export function headersGuard(scope: Scope, { headers }: Message): ImportedSymbol | undefined {
  return headers === undefined
    ? undefined
    : valueSymbol(`is${scope.names.schemaType(headers)}`, `${scope.folder}/validators.ts`);
}

/** A kind of text with a type of its own. */
export function brandType(scope: Scope, type: string): ImportedSymbol {
  return typeSymbol(type, `${scope.folder}/types.ts`);
}

export function brandGuard(scope: Scope, type: string): ImportedSymbol {
  return valueSymbol(`is${type}`, `${scope.folder}/validators.ts`);
}

/** The headers of a message before it is sent. */
export function newHeadersType(scope: Scope, message: Message): ImportedSymbol {
  return typeSymbol(derivedNames(scope, message).newHeaders, `${scope.folder}/messages.ts`);
}

/** The contract of a message on a channel: `stockMoved` on the usual one, `stockMovedOnArchive` on another. */
export function messageContract(scope: Scope, message: Message, channel?: Channel): ImportedSymbol {
  const own = channel && derivedNames(scope, message).on.get(channel);
  return valueSymbol(own?.contract ?? scope.names.valueOf(message), `${scope.folder}/messages.ts`);
}

/**
 * The type of what stands in the channel's address; undefined where that is always the same. All versions of a message on
 * one channel share it: it is called after the newest.
 */
export function parametersType(
  scope: Scope,
  message: Message,
  channel?: Channel,
): ImportedSymbol | undefined {
  const own = channel ?? channelOf(scope.workspace, message.id);
  return own && ofAddress(scope, newestOn(scope, message, own), own, 'parameters');
}

/**
 * The same before the message is sent: without what the producer knows. A version of which the producer knows something
 * else than of the newest has a type of its own.
 */
export function newParametersType(
  scope: Scope,
  message: Message,
  channel?: Channel,
): ImportedSymbol | undefined {
  const own = channel ?? channelOf(scope.workspace, message.id);
  if (own === undefined) return undefined;
  const newest = newestOn(scope, message, own);
  const isSame = own.parameters.every(
    (it) => isKnown(scope.workspace, message, it) === isKnown(scope.workspace, newest, it),
  );
  return ofAddress(scope, isSame ? newest : message, own, 'newParameters');
}

/** The newest version of a message that the scope knows on a channel. */
function newestOn(scope: Scope, message: Message, channel: Channel): Message {
  const isThere = (it: Message) => scope.messages.includes(it) && channelsIn(scope, it).includes(channel);
  return versionsOf(scope.workspace, message).find(isThere) ?? message;
}

function ofAddress(
  scope: Scope,
  message: Message,
  channel: Channel,
  which: 'parameters' | 'newParameters',
): ImportedSymbol | undefined {
  if (channel.parameters.length === 0) return undefined;
  const name = derivedNames(scope, message).on.get(channel)?.[which];
  return name === undefined ? undefined : typeSymbol(name, `${scope.folder}/messages.ts`);
}

/** The message before it is sent: what a caller of a producer says. */
export function newMessageType(scope: Scope, message: Message): ImportedSymbol {
  return typeSymbol(derivedNames(scope, message).newMessage, `${scope.folder}/messages.ts`);
}

/** The function that makes an older version into the newest. */
export function upcaster(scope: Scope, older: Message, newest: Message): ImportedSymbol {
  const name = `${scope.names.valueOf(newest)}From${versionSuffix(older.version)}`;
  return valueSymbol(name, `${scope.folder}/upcasters.ts`);
}

export function producerModule(scope: Scope, service: Service): string {
  return sideModule(scope, service, 'producers', 'producer');
}

export function consumerModule(scope: Scope, service: Service): string {
  return sideModule(scope, service, 'consumers', 'consumer');
}

export function httpModule(scope: Scope, service: Service): string {
  return sideModule(scope, service, 'http', 'http');
}

export function requestsModule(scope: Scope, service: Service): string {
  return sideModule(scope, service, 'requests', 'requests');
}

/** A file for each service, in a folder for all of them; in a folder of the service's own, just one file. */
function sideModule(scope: Scope, service: Service, folder: string, file: string): string {
  return scope.options.layout === 'service'
    ? `${scope.folder}/${file}.ts`
    : `${scope.folder}/${folder}/${scope.names.fileOf(service)}.ts`;
}

/** `loyaltyProducer`, `LoyaltyProducer`: what a service's side of the bus is called. */
export function sideNames(
  scope: Scope,
  service: Service,
  side: 'Producer' | 'Consumer' | 'Handlers' | 'Upcasters' | 'Channels' | 'Requests' | 'Commands' | 'Http',
): { value: string; type: string } {
  const type = `${pascalCase(scope.names.fileOf(service))}${side}`;
  return { value: lowerInitials(type), type };
}

/** The samples of a message: `pointsEarned` of `samples.ts`. */
export function messageSamples(scope: Scope, message: Message): ImportedSymbol {
  return valueSymbol(scope.names.valueOf(message), `${scope.folder}/samples.ts`);
}

export function fakesModule(scope: Scope, service: Service): string {
  return sideModule(scope, service, 'fakes', 'fakes');
}
