import {
  type Channel,
  compareVersions,
  type Message,
  type NodeId,
  type Service,
  type Workspace,
} from '@chirograph/contract/model';
import type { MessageContract, Validator } from '@chirograph/runtime';
import { compileWith } from './compile.ts';

/**
 * Contracts, interpreted: what generated code holds of a message, made from the workspace at run time.
 */

/** A message with all that is needed to make, send and check it. */
export interface KnownMessage {
  readonly message: Message;
  /** As the runtime wants it, the validator compiled from the payload's schema. */
  readonly contract: MessageContract<unknown>;
  /** Checks headers; undefined where the contract says nothing of them. Text stands for numbers and booleans. */
  readonly validateHeaders: Validator<unknown> | undefined;
}

/** The messages of a workspace, each interpreted once. */
export interface Contracts {
  readonly workspace: Workspace;
  /** Throws for an id that is none of the workspace's. */
  message(id: NodeId): KnownMessage;
}

export function contractsOf(workspace: Workspace): Contracts {
  const compile = compileWith(workspace);
  const messages = new Map(workspace.messages.map((it) => [it.id, it]));
  const known = new Map<NodeId, KnownMessage>();
  return {
    workspace,
    message(id) {
      const found = known.get(id);
      if (found) return found;
      const message = messages.get(id);
      if (!message) throw new Error(`the workspace has no message ${id}`);
      const made: KnownMessage = {
        message,
        contract: interpret(workspace, message, compile.payload(message.payload)),
        validateHeaders: message.headers === undefined ? undefined : compile.headers(message.headers),
      };
      known.set(id, made);
      return made;
    },
  };
}

function interpret(
  workspace: Workspace,
  message: Message,
  validate: Validator<unknown>,
): MessageContract<unknown> {
  const { aggregate, envelope, orderingKey, identity, retry } = message.contract;
  const { data: _, ...parts } = envelope;
  return {
    name: message.name,
    version: message.version,
    kind: message.kind,
    ...(aggregate !== undefined && { aggregate }),
    channel: addressOf(channelOf(workspace, message.id)),
    contentType: message.contentType,
    envelope: parts,
    ...(orderingKey && { orderingKey }),
    identity,
    ...(retry && { retry }),
    validate,
  };
}

/** The channel of a message: the first that carries it, as in generated code. */
export function channelOf(workspace: Workspace, message: NodeId): Channel | undefined {
  return workspace.channels.find((it) => it.messages.includes(message));
}

function addressOf(channel: Channel | undefined): string {
  return channel?.address ?? '';
}

/** The newest of some messages. */
export function newest(messages: readonly Message[]): Message | undefined {
  return messages.toSorted((a, b) => compareVersions(b.version, a.version))[0];
}

/** `shop/payment`: what a service is called among all of a workspace. */
export function fullName({ domain, name }: Service): string {
  return `${domain}/${name}`;
}
