import type { DeadLetter, WireMessage } from '@chirograph/runtime';

/** A body as JSON can hold it: text where it is UTF-8, else base64. */
export function bodyJson(body: Uint8Array): { readonly body: string } | { readonly bodyBase64: string } {
  try {
    return { body: new TextDecoder('utf-8', { fatal: true }).decode(body) };
  } catch {
    return { bodyBase64: Buffer.from(body).toString('base64') };
  }
}

/** A message without its body. */
export function headJson(message: Omit<WireMessage, 'body'>): object {
  const { id, name, version, channel, key, headers, contentType } = message;
  return { id, name, version, channel, key, contentType, headers };
}

/** A dead letter without its body. */
export function letterJson(letter: DeadLetter): object {
  const { id, consumer, key, reason, attempts, waiting, size, diedAt, failure, message } = letter;
  return {
    id,
    service: consumer,
    reason,
    key,
    attempts,
    waiting,
    size,
    diedAt: new Date(diedAt).toISOString(),
    failure,
    message: headJson(message),
  };
}
