import { type Channel, type Message, oncePer } from '@chirograph/contract/model';
import { channelsIn, isUsual } from './addressed.ts';
import { pascalCase } from './casing.ts';
import { Claims } from './claims.ts';
import type { Scope } from './generator.ts';

/** What stands in `messages.ts` beside what messages and schemas are called: none of it is called like these. */
export interface DerivedNames {
  /** A message before it is sent: `NewPointsEarned`. */
  readonly newMessage: string;
  /** Its headers before it is sent: `NewPointsEarnedHeaders`. */
  readonly newHeaders: string;
  /** By channel: the contract of the message on it, and the types of what stands in its address. */
  readonly on: ReadonlyMap<Channel, ChannelNames>;
}

export interface ChannelNames {
  readonly contract: string;
  readonly parameters: string;
  readonly newParameters: string;
}

/** What is called after a message of the scope. */
export function derivedNames(scope: Scope, message: Message): DerivedNames {
  const names = namesIn(scope).get(message);
  if (!names) throw new Error(`${message.id} is no part of the scope that asks for its names`);
  return names;
}

/** Messages before they are sent choose first, then their headers, then what belongs to channels. */
const namesIn = oncePer((scope: Scope): ReadonlyMap<Message, DerivedNames> => {
  const { messages, names } = scope;
  const types = new Claims(names.types);
  const values = new Claims(names.values);
  const claimed = (candidates: (type: string) => readonly string[]) =>
    new Map(messages.map((it) => [it, types.claim(candidates(names.typeOf(it)))]));
  const newMessages = claimed((type) => [`New${type}`, `New${type}Message`]);
  const newHeaders = claimed((type) => [`New${type}Headers`]);
  return new Map(
    messages.map((message) => [
      message,
      {
        newMessage: newMessages.get(message) ?? '',
        newHeaders: newHeaders.get(message) ?? '',
        on: new Map(
          channelsIn(scope, message).map((it) => [it, onChannel(scope, message, it, types, values)]),
        ),
      },
    ]),
  );
});

function onChannel(
  { workspace, names }: Scope,
  message: Message,
  channel: Channel,
  types: Claims,
  values: Claims,
): ChannelNames {
  const type = names.typeOf(message);
  const usual = isUsual(workspace, { message, channel });
  const on = usual ? '' : `On${pascalCase(channel.key)}`;
  const value = names.valueOf(message);
  const contract = usual ? value : values.claim([`${value}${on}`]);
  if (channel.parameters.length === 0) return { contract, parameters: '', newParameters: '' };
  return {
    contract,
    parameters: types.claim([`${type}${on}Parameters`]),
    newParameters: types.claim([`New${type}${on}Parameters`]),
  };
}
