import { codecOf } from '../contract/codec.ts';
import type { WireMessage } from '../ports/message.ts';

export type Decoded =
  | { readonly kind: 'decoded'; readonly payload: unknown }
  | { readonly kind: 'undecodable' /** As a sentence. */; readonly problem: string };

/** The payload in a message's body, by the codec of its content type. */
export function decode({ contentType, body }: WireMessage): Decoded {
  const codec = codecOf(contentType);
  if (codec === undefined)
    return {
      kind: 'undecodable',
      problem: `there is no codec for the content type ${contentType || '(none)'}`,
    };
  try {
    return { kind: 'decoded', payload: codec.decode(body) };
  } catch (error) {
    return { kind: 'undecodable', problem: error instanceof Error ? error.message : String(error) };
  }
}
