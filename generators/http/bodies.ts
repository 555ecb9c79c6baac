import type { Message } from '@chirograph/contract/model';
import {
  bundle,
  isObject,
  isSchema,
  type JsonSchema,
  type JsonValue,
  mapSubschemas,
} from '@chirograph/schema';
import { META_SCHEMAS } from '@chirograph/schema/combine';
import type { Exchange } from '../source/exchanges.ts';
import { flatten, withoutReferences } from '../source/flatten.ts';
import type { Scope } from '../source/generator.ts';
import { parametersOf, type RequestParameter } from './parameters.ts';

/** The bodies of a service's commands, and the schemas that they refer to, as an OpenAPI document has them. */
export interface Bodies {
  readonly bodies: ReadonlyMap<
    Message,
    {
      readonly at: readonly string[];
      readonly body: JsonSchema;
      /** What is said beside it. */
      readonly parameters: readonly RequestParameter[];
    }
  >;
  readonly schemas: Readonly<Record<string, JsonSchema>>;
  /** The meta-schema by which they are to be read. */
  readonly dialect: string;
}

/** The body of a command is its data, where its envelope says where that is; else it is the message. */
export function bodiesOf(scope: Scope, commands: readonly Exchange[]): Bodies {
  const { workspace } = scope;
  const found = commands.map((it) => ({
    message: it.message,
    ...bodyOf(scope, it.message),
    parameters: parametersOf(scope, it),
  }));
  // One bundle, so that the schemas that two bodies refer to stand there once.
  const root = 'bodies of an API';
  const first = commands.find(({ message }) => message.payload !== undefined)?.message.payload ?? '';
  const own = workspace.schemas[first];
  const properties = Object.fromEntries(
    found.flatMap(({ body, parameters }, index) => [
      [`${index}`, body],
      ...parameters.map(({ schema }, nth) => [`${index} ${nth}`, schema]),
    ]),
  );
  const schemas = own ? { ...workspace.schemas, [root]: { ...own, name: '', json: { properties } } } : {};
  const bundled = withComponents(bundle({ schemas }, root));
  const inBundle = (key: string): JsonSchema => {
    const all = isObject(bundled) && isObject(bundled.properties) ? bundled.properties : {};
    const body: JsonValue = all[key] ?? true;
    return isSchema(body) ? body : true;
  };
  const definitions = isObject(bundled) && isObject(bundled.definitions) ? bundled.definitions : {};
  return {
    bodies: new Map(
      found.map(({ message, at, parameters }, index) => [
        message,
        {
          at,
          body: inBundle(`${index}`),
          parameters: parameters.map((it, nth) => ({ ...it, schema: inBundle(`${index} ${nth}`) })),
        },
      ]),
    ),
    schemas: definitions as Readonly<Record<string, JsonSchema>>,
    dialect: META_SCHEMAS[own?.dialect ?? 'draft-07'],
  };
}

function bodyOf({ workspace }: Scope, { payload, contract }: Message) {
  if (payload === undefined) return { at: [], body: true };
  const whole = { $ref: payload };
  const { data } = contract.envelope;
  if (data?.in !== 'payload' || data.path.length === 0) return { at: [], body: whole };
  let body: JsonSchema = whole;
  for (const name of data.path) {
    const plain = withoutReferences(workspace, body);
    const inner: JsonValue | undefined =
      isObject(plain) && isObject(plain.properties) ? plain.properties[name] : undefined;
    if (!isSchema(inner)) return { at: [], body: whole };
    body = inner;
  }
  return { at: data.path, body: flatten(workspace, body) };
}

/** References into the bundle become references into the document. */
function withComponents(schema: JsonSchema): JsonSchema {
  if (typeof schema === 'boolean') return schema;
  const mapped = mapSubschemas(schema, withComponents);
  if (typeof mapped === 'boolean' || typeof mapped.$ref !== 'string') return mapped;
  return { ...mapped, $ref: mapped.$ref.replace(/^#\/definitions\//, '#/components/schemas/') };
}
