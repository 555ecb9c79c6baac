import { codecOf, isJson } from '../contract/codec.ts';
import type { MessageContract } from '../contract/message-contract.ts';
import type { WireMessage } from '../ports/message.ts';

export type Decoded =
  | { readonly kind: 'decoded'; readonly payload: unknown }
  | { readonly kind: 'undecodable' /** As a sentence. */; readonly problem: string };

/**
 * What can be read of a message's body before it is known which contract it is of: JSON. Of other content types nothing; of
 * a message without one, JSON where it is that.
 * @param contracts those that it may be of
 */
export function decodeJson({ contentType, body }: WireMessage, contracts: Iterable<Carried>): Decoded {
  if (contentType !== '' && !isJson(contentType)) {
    for (const contract of contracts) if (!travelsAsJson(contract)) return UNREAD;
    return { kind: 'undecodable', problem: `no message here has the content type ${contentType}` };
  }
  const decoded = attempt(() => codecOf({ contentType: 'application/json' })?.decode(body));
  return decoded.kind === 'decoded' || contentType !== '' ? decoded : UNREAD;
}

/** What a contract says of how its payload travels. */
type Carried = Pick<MessageContract<unknown>, 'codec' | 'contentType'>;

const UNREAD: Decoded = { kind: 'decoded', payload: undefined };

/**
 * The payload in a message's body, by the codec of its contract.
 * @param known what `decodeJson` made of it
 */
export function decodeBody({ contentType, body }: WireMessage, contract: Carried, known: unknown): Decoded {
  const expected = contract.contentType;
  const codec = codecOf(contract);
  if (codec === undefined)
    return { kind: 'undecodable', problem: `there is no codec for the content type ${expected || '(none)'}` };
  const isOfJson = travelsAsJson(contract);
  if (contentType !== '' && isJson(contentType) !== isOfJson)
    return {
      kind: 'undecodable',
      problem: `the content type is ${contentType}, and the contract says ${expected}`,
    };
  return isOfJson && known !== undefined
    ? { kind: 'decoded', payload: known }
    : attempt(() => codec.decode(body));
}

function travelsAsJson({ codec, contentType }: Carried): boolean {
  return codec === undefined && isJson(contentType);
}

function attempt(decode: () => unknown): Decoded {
  try {
    return { kind: 'decoded', payload: decode() };
  } catch (error) {
    return { kind: 'undecodable', problem: error instanceof Error ? error.message : String(error) };
  }
}
