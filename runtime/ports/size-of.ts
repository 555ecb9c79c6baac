import type { WireMessage } from './message.ts';

/**
 * The bytes that a message has on every broker: its body, and its headers' names and values in UTF-8. Brokers add more,
 * so this is a lower bound: what it says is too large is too large, and what slips through is refused when published.
 */
export function sizeOf({ body, headers }: Pick<WireMessage, 'body' | 'headers'>): number {
  let size = body.byteLength;
  for (const [name, value] of Object.entries(headers)) size += utf8Length(name) + utf8Length(value);
  return size;
}

function utf8Length(text: string): number {
  return Buffer.byteLength(text, 'utf8');
}
