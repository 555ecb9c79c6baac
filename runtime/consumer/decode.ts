import type { WireMessage } from '../ports/message.ts';

export type Decoded =
  | { readonly kind: 'decoded'; readonly payload: unknown }
  | { readonly kind: 'undecodable' /** As a sentence. */; readonly problem: string };

const decoder = new TextDecoder('utf-8', { fatal: true });

/** The payload in a message's body: JSON in UTF-8 (RFC 8259), whatever the exact media type is called. */
export function decode({ contentType, body }: WireMessage): Decoded {
  if (!/^[^;]*[/+]json\s*(;|$)/i.test(contentType)) {
    return { kind: 'undecodable', problem: `the content type ${contentType || '(none)'} is not JSON` };
  }
  try {
    return { kind: 'decoded', payload: JSON.parse(decoder.decode(body)) };
  } catch (error) {
    return { kind: 'undecodable', problem: error instanceof Error ? error.message : String(error) };
  }
}
