import type { Handler } from '../consumer/receive.ts';
import type { MessageContract } from '../contract/message-contract.ts';
import type { Texts } from '../ports/message.ts';

/** A schema as OpenAPI has it. */
export type HttpSchema = boolean | { readonly [keyword: string]: unknown };

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
  /** Why it may be refused: code and condition. */
  readonly failures: Readonly<Record<string, string>>;
}

export interface HttpCommand extends HttpCommandFacts {
  readonly contract: MessageContract<unknown>;
  /** `/shop/order/place` */
  readonly path: string;
  readonly handle: Handler<unknown>;
}

/** Ties a command to its handler, the one that takes it from the broker too. Its path is the address of its channel. */
export function httpCommand<T>(
  contract: MessageContract<T, unknown, Texts, unknown>,
  handle: Handler<T>,
  facts: HttpCommandFacts,
): HttpCommand {
  return {
    ...facts,
    contract: contract as unknown as MessageContract<unknown>,
    path: `/${contract.channel.replace(/^\//, '').replaceAll('.', '/')}`,
    handle: handle as Handler<unknown>,
  };
}
