import {
  decodeBody,
  decodeJson,
  type MessageParts,
  orderingKeyOf,
  readAddress,
  readHeaders,
  readParameters,
  readText,
  type Violation,
  violationsOf,
  type WireMessage,
} from '@chirograph/runtime';
import { type AddressedChannel, contractOn, type KnownMessage } from '../contracts/contracts.ts';

/** What the contract says of a message that came in. */
export type Inspection =
  | {
      readonly kind: 'known';
      readonly known: KnownMessage;
      readonly parts: MessageParts;
      /** Empty for a valid message. Pointers into headers begin with `headers`. */
      readonly violations: readonly Violation[];
    }
  | {
      readonly kind: 'undecodable' | 'unknown-message' | 'unknown-version';
      /** What is wrong, as a sentence. */
      readonly problem: string;
      readonly payload: unknown;
    };

/** Checks a message against the contracts that the service knows: content, name, version, envelope, payload, headers. */
export function inspect(message: WireMessage, expected: readonly KnownMessage[]): Inspection {
  const { headers } = message;
  const unread = { kind: 'undecodable', payload: new TextDecoder().decode(message.body) } as const;
  const json = decodeJson(
    message,
    expected.map(({ contract }) => contract),
  );
  if (json.kind === 'undecodable') return { ...unread, problem: json.problem };
  const found = recognise(message, { payload: json.payload, headers }, expected);
  if ('problem' in found) return { ...found, payload: json.payload ?? unread.payload };
  const { known } = found;
  const decoded = decodeBody(message, known.contract, json.payload);
  if (decoded.kind === 'undecodable') return { ...unread, problem: decoded.problem };
  const parts: MessageParts = { payload: decoded.payload, headers };
  const violations = [
    ...payloadViolations(known, decoded.payload),
    ...headerViolations(known, message.headers),
    ...wireViolations(known, message, parts),
  ];
  return { kind: 'known', known, parts, violations: distinct(violations) };
}

/** Two branches of a schema may well find the same fault. */
function distinct(violations: readonly Violation[]): readonly Violation[] {
  return [...new Map(violations.map((it) => [JSON.stringify(it), it])).values()];
}

type Recognised =
  | { readonly known: KnownMessage }
  | { readonly kind: 'unknown-message' | 'unknown-version'; readonly problem: string };

/** As consumers do it: the envelope's word goes before the broker's, and the channel decides where both are silent. */
function recognise(message: WireMessage, parts: MessageParts, expected: readonly KnownMessage[]): Recognised {
  const said = ({ contract }: KnownMessage) => readText(contract.envelope.type, parts) ?? message.name;
  const named = expected.filter((it) => said(it) === it.contract.name);
  const candidates =
    named.length > 0
      ? named
      : expected.filter((it) => channelOf(it, message.channel) && said(it) === undefined);
  if (candidates.length === 0) {
    const name = expected.map(said).find((it) => it !== undefined);
    const problem =
      name === undefined
        ? `nothing on ${message.channel} says what it is`
        : `${name} is not a message of the channel ${message.channel}`;
    return { kind: 'unknown-message', problem };
  }
  const versions = candidates.map(
    ({ contract }) => readText(contract.envelope.version, parts) ?? message.version,
  );
  const match = candidates.find(({ contract }, i) => contract.version === versions[i]);
  if (match) return { known: match };
  const version = versions.find((it) => it !== undefined);
  const [only, ...others] = candidates;
  if (version === undefined && only && others.length === 0) return { known: only };
  const names = candidates.map(({ contract }) => contract.version).join(', ');
  const problem = `${candidates[0]?.contract.name} ${version ?? 'without a version'}: the contract knows ${names}`;
  return { kind: 'unknown-version', problem };
}

function payloadViolations({ contract }: KnownMessage, payload: unknown): readonly Violation[] {
  return contract.validate(payload) ? [] : violationsOf(contract.validate.errors ?? [], payload);
}

function headerViolations(
  { contract }: KnownMessage,
  headers: Readonly<Record<string, string>>,
): readonly Violation[] {
  const read = readHeaders(contract, headers);
  return read.kind === 'violations' ? read.violations : [];
}

/** The channel that an address belongs to, of those that carry the message. */
export function channelOf({ channels }: KnownMessage, address: string): AddressedChannel | undefined {
  return channels.find((it) => readAddress(it.address, address) !== undefined);
}

/** What the broker was told must agree with what the message says. */
function wireViolations(
  known: KnownMessage,
  message: WireMessage,
  parts: MessageParts,
): readonly Violation[] {
  const { contract, channels } = known;
  const compare = (rule: string, expected: readonly string[], found: string | undefined): Violation[] =>
    found === undefined || expected.length === 0 || expected.includes(found)
      ? []
      : [
          {
            pointer: '',
            rule,
            expected: expected.map((it) => JSON.stringify(it)).join(' or '),
            found: JSON.stringify(found),
          },
        ];
  const key = orderingKeyOf(contract, parts);
  const channel = channelOf(known, message.channel);
  const addresses = channels.map((it) => it.address);
  return [
    ...(channel
      ? addressViolations(known, channel, message.channel, parts)
      : compare('channel', addresses, message.channel)),
    ...compare('orderingKey', key === undefined ? [] : [key], message.key),
  ];
}

/** Values that the contract does not allow in the address, and those that the message itself contradicts. */
function addressViolations(
  known: KnownMessage,
  channel: AddressedChannel,
  address: string,
  parts: MessageParts,
): readonly Violation[] {
  const read = readParameters(contractOn(known, channel), address);
  if (read.kind === 'violations') return read.violations;
  return channel.parameters.flatMap(({ name, location }): Violation[] => {
    const [told, found] = [readText(location, parts), read.parameters[name]];
    if (told === undefined || told === found) return [];
    return [
      {
        pointer: `parameters/${name}`,
        rule: 'location',
        expected: `${JSON.stringify(told)}, as the message says`,
        found: JSON.stringify(found),
      },
    ];
  });
}
