import type { Message, NodeId, Service } from '@chirograph/contract/model';
import { camelCase, kebabCase, pascalCase } from './casing.ts';
import type { Scope } from './generator.ts';
import { type ImportedSymbol, typeSymbol, valueSymbol } from './source-file.ts';

/** Where each output keeps what others refer to: the one place where generators agree. */

export const RUNTIME = '@chirograph/runtime';
export const RUNTIME_CONTRACT = '@chirograph/runtime/contract';
export const RUNTIME_VALIDATION = '@chirograph/runtime/validation';
export const RUNTIME_SAMPLES = '@chirograph/runtime/samples';

export function messageType(scope: Scope, message: Message): ImportedSymbol {
  return typeSymbol(scope.names.typeOf(message), `${scope.domain}/types.ts`);
}

export function messageGuard(scope: Scope, message: Message): ImportedSymbol {
  return valueSymbol(`is${scope.names.typeOf(message)}`, `${scope.domain}/validators.ts`);
}

export function messageContract(scope: Scope, message: Message): ImportedSymbol {
  return valueSymbol(scope.names.valueOf(message), `${scope.domain}/messages.ts`);
}

/** The message before it is sent: what a caller of a producer says. */
export function newMessageType(scope: Scope, message: Message): ImportedSymbol {
  return typeSymbol(`New${scope.names.typeOf(message)}`, `${scope.domain}/messages.ts`);
}

/** The function that makes an older version into the newest. */
export function upcaster(scope: Scope, older: Message, newest: Message): ImportedSymbol {
  const name = `${scope.names.valueOf(newest)}From${pascalCase(`V${older.version.replace(/\.0$/, '').replaceAll('.', '_')}`)}`;
  return valueSymbol(name, `${scope.domain}/upcasters.ts`);
}

export function producerModule(scope: Scope, service: Service): string {
  return `${scope.domain}/producers/${kebabCase(service.name)}.ts`;
}

export function consumerModule(scope: Scope, service: Service): string {
  return `${scope.domain}/consumers/${kebabCase(service.name)}.ts`;
}

/** `loyaltyProducer`, `LoyaltyProducer`: what a service's side of the bus is called. */
export function sideNames({ name }: Service, side: 'Producer' | 'Consumer'): { value: string; type: string } {
  return { value: `${camelCase(name)}${side}`, type: `${pascalCase(name)}${side}` };
}

/** The address of a message's channel within a scope. A message of several channels is sent on the first. */
export function channelOf(
  { workspace }: Scope,
  message: NodeId,
): { address: string; parameters: readonly string[] } {
  const channel = workspace.channels.find((it) => it.messages.includes(message));
  return { address: channel?.address ?? '', parameters: channel?.parameters ?? [] };
}

/** The samples of a message: `pointsEarned` of `samples.ts`. */
export function messageSamples(scope: Scope, message: Message): ImportedSymbol {
  return valueSymbol(scope.names.valueOf(message), `${scope.domain}/samples.ts`);
}

export function fakesModule(scope: Scope, service: Service): string {
  return `${scope.domain}/fakes/${kebabCase(service.name)}.ts`;
}
