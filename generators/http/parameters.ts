import type { Message, Parameter } from '@chirograph/contract/model';
import { isObject, isSchema, type JsonSchema, joinPointer } from '@chirograph/schema';
import type { Exchange } from '../source/exchanges.ts';
import { filledIn } from '../source/filled.ts';
import { flatten, withoutReferences } from '../source/flatten.ts';
import type { Scope } from '../source/generator.ts';

/** What a caller says beside the body: as an OpenAPI document has it. */
export type RequestParameter = {
  readonly name: string;
  readonly in: 'path' | 'header';
  readonly required: boolean;
  readonly description?: string;
  readonly schema: JsonSchema;
};

/** HTTP's own headers, and that of the API: OpenAPI has no parameters of these names, or they mean something else. */
const OWN_HEADERS = new Set([
  'accept',
  'authorization',
  'content-type',
  'content-length',
  'host',
  'idempotency-key',
]);

/** What the address of the channel and the headers of the message leave to the caller. */
export function parametersOf(scope: Scope, { message, channel }: Exchange): readonly RequestParameter[] {
  return [...(channel?.parameters ?? []).map(inPath), ...headersOf(scope, message)];
}

/** The header by which a command cannot be taken, for it is HTTP's own. */
export function headerOfHttp(scope: Scope, message: Message): string | undefined {
  return headersOf(scope, message).find(({ name }) => OWN_HEADERS.has(name.toLowerCase()))?.name;
}

function inPath({ name, description, values }: Parameter): RequestParameter {
  return {
    name,
    in: 'path',
    required: true,
    ...(description !== undefined && { description }),
    schema: { type: 'string', ...(values !== undefined && { enum: [...values] }) },
  };
}

/** Those that nobody fills in: neither the envelope nor what every such message says. */
function headersOf({ workspace }: Scope, message: Message): readonly RequestParameter[] {
  if (message.headers === undefined) return [];
  const whole = withoutReferences(workspace, flatten(workspace, { $ref: message.headers }));
  if (!isObject(whole) || !isObject(whole.properties)) return [];
  const required = Array.isArray(whole.required) ? whole.required : [];
  const { subject: _, ...parts } = message.contract.envelope;
  const filled = new Set([
    ...filledIn(workspace, message).headers,
    ...Object.values(parts).flatMap((it) => (it.in === 'headers' ? [joinPointer(it.path)] : [])),
  ]);
  return Object.entries(whole.properties).flatMap(([name, property]) => {
    if (filled.has(joinPointer([name])) || !isSchema(property)) return [];
    const schema = flatten(workspace, property);
    const plain = withoutReferences(workspace, schema);
    const described = typeof plain === 'object' && typeof plain.description === 'string';
    return [
      {
        name,
        in: 'header' as const,
        required: required.includes(name),
        ...(described && { description: String(plain.description) }),
        schema,
      },
    ];
  });
}
