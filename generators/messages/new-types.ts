import type { Message, NodeId } from '@chirograph/contract/model';
import { joinPointer } from '@chirograph/schema';
import type { Filled } from '../source/filled.ts';
import { flatten } from '../source/flatten.ts';
import type { Scope } from '../source/generator.ts';
import { hasNamedProperties, inlineParts } from '../source/inline-parts.ts';
import {
  headersType,
  messageType,
  newHeadersType,
  newMessageType,
  RUNTIME_CONTRACT,
} from '../source/modules.ts';
import { type Code, code, docComment, lines, typeSymbol, widthOf } from '../source/source-file.ts';
import { propertyKey } from '../source/value.ts';
import type { FilledPaths } from './filled-paths.ts';

/** What a caller of a producer says: the message, and its headers, less what the producer fills in. */
export function newTypes(scope: Scope, message: Message, filled: Filled, paths: FilledPaths): Code[] {
  const { name, version } = message;
  const payload = newType(scope, message.payload, {
    name: newMessageType(scope, message).name,
    type: messageType(scope, message),
    filled: paths.payload(filled),
    doc: `\`${name}\` ${version} as its sender says it`,
    members: dataMember(scope, message, filled),
  });
  const headers = headersType(scope, message);
  if (headers === undefined) return [payload];
  const beside = newType(scope, message.headers, {
    name: newHeadersType(scope, message).name,
    type: headers,
    filled: paths.headers(filled),
    doc: `The headers of \`${name}\` ${version} that its sender says`,
    members: [],
  });
  return [payload, beside];
}

interface NewType {
  readonly name: string;
  readonly type: Code;
  readonly filled: Code | undefined;
  readonly doc: string;
  readonly members: readonly Code[];
}

/** An interface where TypeScript allows one: the compiler calls it by its name when it complains. */
function newType({ workspace }: Scope, schema: NodeId | undefined, it: NewType): Code {
  const { name, type, filled, doc, members } = it;
  if (filled === undefined) return code`${docComment(`${doc}.`)}\nexport type ${name} = ${type};`;
  const comment = docComment(`${doc}: the rest is filled in.`);
  if (!hasNamedProperties(flatten(workspace, workspace.schemas[schema ?? '']?.json ?? true))) {
    const unsent = typeSymbol('UnsentOneOf', RUNTIME_CONTRACT);
    return code`${comment}\nexport type ${name} = ${unsent}${typeArguments(type, filled)};`;
  }
  const unsent = typeSymbol('Unsent', RUNTIME_CONTRACT);
  const head = code`${comment}\nexport interface ${name} extends ${unsent}${typeArguments(type, filled)} {`;
  return members.length === 0 ? code`${head}}` : lines([head, ...members, '}']);
}

function typeArguments(type: Code, filled: Code): Code {
  return widthOf(filled) <= 50 ? code`<${type}, ${filled}>` : code`<\n  ${type},\n  ${filled}\n>`;
}

/**
 * The data of a message, named once more: what a sender says is mostly that. An interface with a member of its own also
 * keeps its name in what the compiler says, where an empty one would be told as what it extends.
 */
function dataMember({ workspace, folder, names }: Scope, message: Message, filled: Filled): Code[] {
  const { payload, contract } = message;
  const { data } = contract.envelope;
  const [property, ...deeper] = data?.path ?? [];
  if (payload === undefined || data?.in !== 'payload' || property === undefined || deeper.length > 0)
    return [];
  const isWhole = !filled.payload.some((it) => it.startsWith(joinPointer([property])));
  const part = inlineParts(workspace, message).find((it) => it.property === property);
  if (!isWhole || part === undefined || names.schemaType(payload) !== names.typeOf(message)) return [];
  const whole = flatten(workspace, workspace.schemas[payload]?.json ?? true);
  const required = typeof whole === 'object' && Array.isArray(whole.required) ? whole.required : [];
  const mark = required.includes(property) ? '' : '?';
  const type = typeSymbol(names.schemaType(part.id), `${folder}/types.ts`);
  return [code`  readonly ${propertyKey(property)}${mark}: ${type};`];
}
