import { type MessageParts, readText } from '../contract/part.ts';
import { readAddress } from '../ports/address.ts';
import type { WireMessage } from '../ports/message.ts';
import type { Accepted } from './receive.ts';

export type Recognised =
  | { readonly kind: 'recognised'; readonly accepted: Accepted }
  | { readonly kind: 'unknown-message' | 'unknown-version'; readonly problem: string };

/**
 * Finds the contract of a message. What the envelope says goes before what the broker's headers say, and these
 * before the channel, which decides only when neither names the message.
 */
export function recognise(
  message: WireMessage,
  parts: MessageParts,
  accepted: readonly Accepted[],
): Recognised {
  const named = accepted.filter(
    ({ contract }) => nameOf(contract.envelope, message, parts) === contract.name,
  );
  const candidates =
    named.length > 0 ? named : accepted.filter((one) => isOnlySaidByChannel(one, message, parts));
  if (candidates.length === 0) {
    const names = new Set(accepted.map(({ contract }) => nameOf(contract.envelope, message, parts)));
    const name = [...names].find((said) => said !== undefined);
    return {
      kind: 'unknown-message',
      problem:
        name === undefined ? `nothing on ${message.channel} says what it is` : `${name} is not one of ours`,
    };
  }

  const versions = candidates.map(({ contract }) => versionOf(contract.envelope, message, parts));
  const matches = candidates.filter(({ contract }, index) => versions[index] === contract.version);
  // One message may come on several channels, whose addresses say different things.
  const match = matches.find(({ contract }) => isOn(contract.channel, message)) ?? matches[0];
  if (match) return { kind: 'recognised', accepted: match };
  const said = versions.find((version) => version !== undefined);
  const [only, ...others] = candidates;
  if (said === undefined && only && others.length === 0) return { kind: 'recognised', accepted: only };
  const known = candidates.map(({ contract }) => contract.version).join(', ');
  const name = candidates[0]?.contract.name;
  return {
    kind: 'unknown-version',
    problem: `${name} ${said ?? 'without a version'}: the consumer knows ${known}`,
  };
}

type Envelope = Accepted['contract']['envelope'];

function nameOf(envelope: Envelope, message: WireMessage, parts: MessageParts): string | undefined {
  return readText(envelope.type, parts) ?? message.name;
}

function versionOf(envelope: Envelope, message: WireMessage, parts: MessageParts): string | undefined {
  return readText(envelope.version, parts) ?? message.version;
}

function isOnlySaidByChannel({ contract }: Accepted, message: WireMessage, parts: MessageParts): boolean {
  return isOn(contract.channel, message) && nameOf(contract.envelope, message, parts) === undefined;
}

function isOn(channel: string, message: WireMessage): boolean {
  return readAddress(channel, message.channel) !== undefined;
}
