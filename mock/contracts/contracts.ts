import {
  type ByteLimits,
  type Channel,
  compareVersions,
  fieldSchemas,
  type Message,
  type NodeId,
  type Service,
  type Workspace,
} from '@chirograph/contract/model';
import {
  bytesWithin,
  type MessageContract,
  type ParameterContract,
  type Validator,
} from '@chirograph/runtime';
import { isObject } from '@chirograph/schema';
import { type Compile, compileWith } from './compile.ts';
import { type AvroCodecs, byteLimitsOf, payloadCodec } from './payload-codec.ts';

/**
 * Contracts, interpreted: what generated code holds of a message, made from the workspace at run time.
 */

/** A message with all that is needed to make, send and check it. */
export interface KnownMessage {
  readonly message: Message;
  /** As the runtime wants it, with validators compiled from the schemas. */
  readonly contract: MessageContract<unknown>;
  /** All channels that carry it and have an address. */
  readonly channels: readonly AddressedChannel[];
}

/** A channel whose address is known, names in braces included. */
export type AddressedChannel = Channel & { readonly address: string };

export function isAddressed(channel: Channel): channel is AddressedChannel {
  return channel.address !== null;
}

/** The contract of a message on one of its channels: what is said of its address goes with it. */
export function contractOn(
  { contract }: KnownMessage,
  channel: Pick<AddressedChannel, 'address' | 'parameters'>,
): MessageContract<unknown> {
  return { ...contract, channel: channel.address, parameters: parametersOf(channel) };
}

function parametersOf({
  parameters,
}: Pick<Channel, 'parameters'>): Readonly<Record<string, ParameterContract>> {
  return Object.fromEntries(
    parameters.map(({ name, values, default: usual, location }) => [
      name,
      {
        ...(values && { values }),
        ...(usual !== undefined && { default: usual }),
        ...(location && { location }),
      },
    ]),
  );
}

/** The messages of a workspace, each interpreted once. */
export interface Contracts {
  readonly workspace: Workspace;
  /** Throws for an id that is none of the workspace's. */
  message(id: NodeId): KnownMessage;
}

/** @param avro for messages that travel in Avro: without it they are neither sent nor read */
export function contractsOf(workspace: Workspace, avro?: AvroCodecs): Contracts {
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
      const channels = workspace.channels.filter((it) => it.messages.includes(id)).filter(isAddressed);
      const contract = interpret(message, channels[0]?.address ?? '', compile, workspace, avro);
      const made: KnownMessage = { message, contract, channels };
      known.set(id, made);
      return made;
    },
  };
}

function interpret(
  message: Message,
  channel: string,
  compile: Compile,
  workspace: Workspace,
  avro: AvroCodecs | undefined,
): MessageContract<unknown> {
  const { headers, payload } = message;
  const { aggregate, envelope, orderingKey, identity, retry } = message.contract;
  const { data: _, ...parts } = envelope;
  const codec = payloadCodec(workspace, message, avro);
  const bytes = byteLimitsOf(workspace, message);
  return {
    name: message.name,
    version: message.version,
    kind: message.kind,
    ...(aggregate !== undefined && { aggregate }),
    channel,
    contentType: message.contentType,
    ...(codec && { codec }),
    envelope: parts,
    ...(orderingKey && { orderingKey }),
    identity,
    ...(retry && { retry }),
    validate: bytes ? base64Within(bytes) : compile.payload(payload),
    ...(headers !== undefined && {
      headers: { validate: compile.headers(headers), json: jsonHeaders(workspace, headers) },
    }),
  };
}

/** Guards bytes as a mock shows them. */
function base64Within({ min, max }: ByteLimits): Validator<unknown> {
  const isBytes = bytesWithin(min, max);
  const validate: Validator<unknown> = (value): value is unknown => {
    const isValid = isBytes(typeof value === 'string' ? new Uint8Array(Buffer.from(value, 'base64')) : value);
    validate.errors = isBytes.errors;
    return isValid;
  };
  return validate;
}

/** The headers whose values are never text; they travel as JSON. */
function jsonHeaders(workspace: Workspace, headers: NodeId): string[] {
  const said = fieldSchemas(workspace, headers, []);
  const names = new Set(
    said.flatMap((it) => (isObject(it) && isObject(it.properties) ? Object.keys(it.properties) : [])),
  );
  return [...names].filter((name) =>
    fieldSchemas(workspace, headers, [name]).some(
      (it) => isObject(it) && it.type !== undefined && ![it.type].flat().includes('string'),
    ),
  );
}

/** The newest of some messages. */
export function newest(messages: readonly Message[]): Message | undefined {
  return messages.toSorted((a, b) => compareVersions(b.version, a.version))[0];
}

/** `shop/payment`: what a service is called among all of a workspace. */
export function fullName({ domain, name }: Service): string {
  return `${domain}/${name}`;
}
