import type { Codec } from './codec.ts';
import type { MessageContract } from './message-contract.ts';

/** The codec for the payloads of a contract; undefined for the contract's own. */
export type CodecFor = (
  contract: Pick<MessageContract<unknown>, 'name' | 'version' | 'channel' | 'contentType' | 'codec'>,
) => Codec | undefined;

/** The contract with the codec that is meant for it. */
export function withCodec<C extends Parameters<CodecFor>[0]>(contract: C, codecFor: CodecFor | undefined): C {
  const codec = codecFor?.(contract);
  return codec === undefined ? contract : { ...contract, codec };
}
