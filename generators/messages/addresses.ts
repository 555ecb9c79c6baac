import type { Channel, Message, Parameter } from '@chirograph/contract/model';
import { joinPointer } from '@chirograph/schema';
import { channelsIn, isKnown, isUsual } from '../source/addressed.ts';
import { derivedNames } from '../source/derived-names.ts';
import type { Scope } from '../source/generator.ts';
import {
  headersType,
  messageContract,
  messageType,
  newParametersType,
  parametersType,
  RUNTIME_CONTRACT,
} from '../source/modules.ts';
import { type Code, code, docComment, lines, typeSymbol } from '../source/source-file.ts';
import { quote } from '../source/text.ts';
import { literal, propertyKey } from '../source/value.ts';
import { guardedType } from '../source/wire-types.ts';

/** Of each channel with an address of several, what stands in it, and what of that a caller says: once for all versions. */
export function parameterTypes(scope: Scope, message: Message): Code[] {
  return channelsIn(scope, message).flatMap((channel) => {
    const type = parametersType(scope, message, channel);
    const newer = newParametersType(scope, message, channel);
    if (!type || !newer) return [];
    const label = `\`${message.name}\` ${message.version}`;
    const known = channel.parameters.filter((it) => isKnown(scope.workspace, message, it));
    const pointers = known.map(({ name }) => joinPointer([name]));
    const own = derivedNames(scope, message).on.get(channel);
    // What is not a message's own stands with the newest version.
    return [
      ...(type.name === own?.parameters ? [parameterInterface(type.name, channel, label)] : []),
      ...(newer.name === own?.newParameters
        ? [newType(newer.name, type, pointers, `What the sender of ${label} says of its address.`)]
        : []),
    ];
  });
}

function parameterInterface(name: string, channel: Channel, label: string): Code {
  return lines([
    docComment(`What stands in the address \`${channel.address ?? channel.key}\` of ${label}.`),
    `export interface ${name} {`,
    ...channel.parameters.flatMap((it) => parameterRows(it)),
    '}',
  ]);
}

function parameterRows({ name, description, values, default: usual, examples }: Parameter): string[] {
  const notes = [
    ...(description === undefined ? [] : [description]),
    ...(usual === undefined ? [] : [`@default ${quote(usual)}`]),
    ...(values ? [] : examples.map((it) => `@example ${quote(it)}`)),
  ];
  const type = values ? values.map(quote).join(' | ') : 'string';
  return [
    ...(notes.length === 0 ? [] : [docComment(notes.join('\n'), '  ')]),
    `  readonly ${propertyKey(name)}: ${type};`,
  ];
}

/** The contract on channels other than the usual one. */
export function otherContracts(scope: Scope, message: Message): Code[] {
  const others = channelsIn(scope, message).filter(
    (channel) => !isUsual(scope.workspace, { message, channel }),
  );
  return others.map((channel) => {
    const usual = messageContract(scope, message);
    return lines([
      docComment(`\`${message.name}\` ${message.version} on \`${channel.address ?? channel.key}\`.`),
      code`export const ${messageContract(scope, message, channel).name}: ${contractType(scope, message, channel)} = {`,
      `  ...${usual.name},`,
      ...channelRows(channel),
      ...(channel.parameters.length === 0 && parametersType(scope, message) ? ['  parameters: {},'] : []),
      '};',
    ]);
  });
}

/** Where a message goes, and what is said of the names in that address. */
export function channelRows(channel: Channel | undefined): string[] {
  const rows = [`  channel: ${quote(channel?.address ?? '')},`];
  if (!channel || channel.parameters.length === 0) return rows;
  const parameters = channel.parameters.map(({ name, values, default: usual, location }) => [
    name,
    {
      ...(values && { values }),
      ...(usual !== undefined && { default: usual }),
      ...(location && { location: { in: location.in, path: location.path } }),
    },
  ]);
  return [...rows, `  parameters: ${literal(Object.fromEntries(parameters), '  ')},`];
}

/** The type of a contract: of its message, its headers, what stands in its address, and what it is on the wire. */
export function contractType(scope: Scope, message: Message, channel?: Channel): Code {
  const type = messageType(scope, message);
  const headers = headersType(scope, message);
  const parameters = parametersType(scope, message, channel);
  const wire = message.payload === undefined ? type : guardedType(scope, message.payload, type);
  const contract = typeSymbol('MessageContract', RUNTIME_CONTRACT);
  const none = typeSymbol('Texts', RUNTIME_CONTRACT);
  if (wire !== type)
    return code`${contract}<${type}, ${headers ?? 'unknown'}, ${parameters ?? none}, ${wire}>`;
  if (parameters) return code`${contract}<${type}, ${headers ?? 'unknown'}, ${parameters}>`;
  return headers ? code`${contract}<${type}, ${headers}>` : code`${contract}<${type}>`;
}

/** A type less what the producer fills in. */
function newType(name: string, type: Code, filled: readonly string[], doc: string): Code {
  const unsent = typeSymbol('Unsent', RUNTIME_CONTRACT);
  const shape = filled.length === 0 ? type : code`${unsent}<${type}, ${filled.map(quote).join(' | ')}>`;
  return code`${docComment(doc)}\nexport type ${name} = ${shape};`;
}
