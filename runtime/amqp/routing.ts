import { namesIn, readAddress } from '../ports/address.ts';

/**
 * Addresses as routing keys of a topic exchange: words between dots. The first word is the partition; a slash of the address
 * becomes a word of its own (`shop/{order}` -> `shop./.*`), so that no two addresses have one key.
 */
export function routingKeyOf(partition: number, address: string): string {
  return `${partition}.${wordsOf(address).join('.')}`;
}

/** The pattern that an address, or a template of addresses, is bound by. It may let more through than the template says. */
export function bindingOf(partition: number, channel: string): string {
  if (namesIn(channel).length === 0) return routingKeyOf(partition, channel);
  const words = wordsOf(channel).map((word) => (/\{[^{}]+\}/.test(word) ? '*' : word));
  return `${partition}.${words.join('.')}`;
}

/** Whether an address comes by the binding of a channel though it is not of that template: of `v{major}` the binding says any word. */
export function isOvermatched(channel: string, address: string): boolean {
  if (readAddress(channel, address) !== undefined) return false;
  const pattern = bindingOf(0, channel).split('.');
  const words = routingKeyOf(0, address).split('.');
  return pattern.length === words.length && pattern.every((it, n) => it === '*' || it === words[n]);
}

/** The address of a routing key that somebody else wrote. */
export function addressOfKey(routingKey: string): string {
  return routingKey.replace(/^\d+\./, '').replaceAll('./.', '/');
}

function wordsOf(address: string): string[] {
  return address.split(/(\/)|\./).filter((word) => word !== undefined);
}

/** AMQP's short strings: routing keys, names of queues. */
export const MAX_SHORT_STRING = 255;
