import { hash } from 'node:crypto';
import type { WireMessage } from '../ports/message.ts';
import { bytes, optionalText, type Row, text } from './column.ts';

/** The columns in which the outbox and the parked messages keep a message. */
export const MESSAGE_COLUMNS = 'id, name, version, channel, key, identity, headers, content_type, body';

/** The values of `MESSAGE_COLUMNS`, in order. */
export function messageValues(message: WireMessage): (string | null | Uint8Array)[] {
  return [
    message.id,
    message.name ?? null,
    message.version ?? null,
    message.channel,
    message.key ?? null,
    message.identity ?? null,
    JSON.stringify(message.headers),
    message.contentType,
    message.body,
  ];
}

/**
 * What brokers drop duplicates by. A store that was set back, from a backup or by the failover to a replica that was behind, gives the numbers of rows
 * again, to other messages: so it names the message, too.
 */
export function deduplicationIdOf(store: string, row: string, { id }: WireMessage): string {
  return `${store}-${row}-${hash('sha256', id, 'hex').slice(0, 16)}`;
}

export function messageFrom(row: Row): WireMessage {
  return { ...messageHeadFrom(row), body: bytes(row, 'body') };
}

/** The message without its body. */
export function messageHeadFrom(row: Row): Omit<WireMessage, 'body'> {
  const name = optionalText(row, 'name');
  const version = optionalText(row, 'version');
  const key = optionalText(row, 'key');
  const identity = optionalText(row, 'identity');
  return {
    id: text(row, 'id'),
    ...(name !== undefined && { name }),
    ...(version !== undefined && { version }),
    channel: text(row, 'channel'),
    ...(key !== undefined && { key }),
    ...(identity !== undefined && { identity }),
    headers: JSON.parse(text(row, 'headers')),
    contentType: text(row, 'content_type'),
  };
}
