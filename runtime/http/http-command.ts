import type { Handler } from '../consumer/receive.ts';
import type { MessageContract } from '../contract/message-contract.ts';
import type { Texts } from '../ports/message.ts';

/** A schema as OpenAPI has it. */
export type HttpSchema = boolean | { readonly [keyword: string]: unknown };

/** What a caller says beside the body: in the path, what stands in the braces of the channel's address; in a header, a header of the message. */
export interface HttpParameter {
  readonly name: string;
  readonly in: 'path' | 'header';
  readonly required: boolean;
  readonly description?: string | undefined;
  readonly schema: HttpSchema;
}

/** What the contract says of a command that is taken over HTTP. Generated. */
export interface HttpCommandFacts {
  /** The operation's id, and the handler's name. */
  readonly operationId: string;
  readonly summary?: string | undefined;
  /** What has happened when it succeeded. */
  readonly outcome?: string | undefined;
  /** Where in the message the body stands: `['data']`. Empty: the body is the message. */
  readonly at: readonly string[];
  /** Its references go to the schemas of the service. */
  readonly body: HttpSchema;
  /** None unless told otherwise. */
  readonly parameters?: readonly HttpParameter[] | undefined;
  /** Why it may be refused: code and condition. */
  readonly failures: Readonly<Record<string, string>>;
}

export interface HttpCommand extends HttpCommandFacts {
  readonly contract: MessageContract<unknown>;
  /** `/shop/order/place`; names in braces stand for one segment each, or a part of it. */
  readonly path: string;
  readonly handle: Handler<unknown>;
}

/** Ties a command to its handler, the one that takes it from the broker too. Its path is the address of its channel. */
export function httpCommand<T, H = unknown, P extends { readonly [K in keyof P]: string } = Texts>(
  contract: MessageContract<T, H, P, unknown>,
  handle: Handler<T, H, P>,
  facts: HttpCommandFacts,
): HttpCommand {
  return {
    ...facts,
    contract: contract as unknown as MessageContract<unknown>,
    path: `/${contract.channel.replace(/^\//, '').replaceAll('.', '/')}`,
    handle: handle as unknown as Handler<unknown>,
  };
}
