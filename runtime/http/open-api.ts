import type { HttpCommand, HttpSchema } from './http-command.ts';
import { PROBLEM_TYPE } from './problem.ts';

/** What an API says of itself. Generated. */
export interface HttpApiInfo {
  /** The service. */
  readonly name: string;
  readonly title: string;
  readonly version: string;
  readonly description?: string | undefined;
  /** What the types of its refusals begin with. */
  readonly id: string;
  /** The dialect of its schemas. */
  readonly dialect: string;
  /** What the bodies refer to, by the names under `#/components/schemas`. */
  readonly schemas: Readonly<Record<string, HttpSchema>>;
}

export interface OpenApiOptions {
  readonly statusOf: (code: string, command: string) => number;
  readonly isKeyRequired: boolean;
  /** The headers of messages that the service says itself. */
  readonly said?: readonly string[];
}

/** The type of a refusal: the same for every command of the service. */
export function refusalType(id: string, code: string): string {
  return `${id}#${code}`;
}

/** The API as an OpenAPI 3.1 document: a JSON value. */
export function openApi(
  info: HttpApiInfo,
  commands: readonly HttpCommand[],
  options: OpenApiOptions,
): Readonly<Record<string, unknown>> {
  const { title, version, description } = info;
  return {
    openapi: '3.1.1',
    info: { title, version, ...(description !== undefined && { description }) },
    jsonSchemaDialect: info.dialect,
    servers: [{ url: '.' }],
    paths: Object.fromEntries(
      commands.map((it) => [it.path, { post: operation(info, it, options) }] as const),
    ),
    components: {
      schemas: { ...info.schemas, ...OWN_SCHEMAS },
      parameters: { IdempotencyKey: idempotencyKey(options) },
    },
  };
}

function operation(info: HttpApiInfo, command: HttpCommand, options: OpenApiOptions): object {
  const { operationId, summary, outcome, body, contract } = command;
  return {
    operationId,
    tags: [contract.aggregate ?? info.title],
    ...(summary !== undefined && { summary }),
    ...(outcome !== undefined && { description: outcome }),
    parameters: [...saidBy(command, options), { $ref: '#/components/parameters/IdempotencyKey' }],
    requestBody: { required: true, content: { 'application/json': { schema: body } } },
    responses: {
      200: {
        description: outcome ?? 'It is done.',
        content: { 'application/json': { schema: { $ref: '#/components/schemas/CommandAccepted' } } },
      },
      ...refusals(info, command, options),
    },
  };
}

/** What callers say beside the body. */
function saidBy({ parameters = [], contract }: HttpCommand, { said = [] }: OpenApiOptions): object[] {
  return parameters
    .filter((it) => it.in === 'path' || !said.includes(it.name))
    .map(({ schema, ...about }) =>
      // A header that is no text travels as JSON, as it does on a broker.
      about.in === 'header' && contract.headers?.json?.includes(about.name)
        ? { ...about, content: { 'application/json': { schema } } }
        : { ...about, schema },
    );
}

/** The answers of the API itself, and the refusals of the command by their status. */
function refusals(info: HttpApiInfo, { failures, contract }: HttpCommand, options: OpenApiOptions): object {
  const own: Readonly<Record<number, string>> = {
    400: 'The body is not JSON, or the request departs from its contract, or the Idempotency-Key is missing or not valid.',
    413: 'The body is too large.',
    415: 'The content type is not JSON.',
    422: 'The Idempotency-Key has come with another request before.',
    500: 'The command could not be done. Nothing has changed; it can be sent again.',
    503: 'The service cannot be reached just now. It can be sent again, under the same Idempotency-Key.',
  };
  const byStatus = Map.groupBy(Object.entries(failures), ([code]) => options.statusOf(code, contract.name));
  const statuses = new Set([...Object.keys(own).map(Number), ...byStatus.keys()]);
  return Object.fromEntries(
    [...statuses]
      .sort((a, b) => a - b)
      .map((status) => {
        const refused = byStatus.get(status) ?? [];
        const told = refused.map(([code, condition]) => `\`${code}\`: ${condition}.`);
        const schema =
          refused.length === 0 || status in own
            ? { $ref: '#/components/schemas/Problem' }
            : refusalSchema(
                info,
                refused.map(([code]) => code),
              );
        const description = [...(own[status] === undefined ? ['Refused.'] : [own[status]]), ...told].join(
          '\n',
        );
        return [status, { description, content: { [PROBLEM_TYPE]: { schema } } }];
      }),
  );
}

function refusalSchema(info: HttpApiInfo, codes: readonly string[]): object {
  return {
    allOf: [
      { $ref: '#/components/schemas/Problem' },
      {
        type: 'object',
        required: ['code', 'commandId', 'detail'],
        properties: {
          type: { enum: codes.map((it) => refusalType(info.id, it)) },
          code: { enum: codes },
        },
      },
    ],
  };
}

function idempotencyKey({ isKeyRequired }: OpenApiOptions): object {
  return {
    name: 'Idempotency-Key',
    in: 'header',
    required: isKeyRequired,
    description:
      'The same for the same request, however often it is sent: it takes effect once, and is answered as the first time.',
    schema: { type: 'string', minLength: 1, maxLength: 255 },
  };
}

const OWN_SCHEMAS: Readonly<Record<string, HttpSchema>> = {
  CommandAccepted: {
    type: 'object',
    required: ['commandId', 'messages'],
    properties: {
      commandId: {
        type: 'string',
        description: 'The id of the command: the cause of all that follows from it.',
      },
      messages: {
        type: 'array',
        description: 'What the command has led to so far. More may follow from these.',
        items: {
          type: 'object',
          required: ['id', 'name', 'version'],
          properties: {
            id: { type: 'string' },
            name: { type: 'string' },
            version: { type: 'string' },
            subject: { type: 'string', description: 'What it is about.' },
          },
        },
      },
    },
  },
  Problem: {
    type: 'object',
    description: 'RFC 9457.',
    required: ['type', 'title', 'status'],
    properties: {
      type: { type: 'string', format: 'uri', description: 'Names the kind of problem.' },
      title: { type: 'string' },
      status: { type: 'integer' },
      detail: { type: 'string' },
      code: { type: 'string', description: 'Of a refusal: which of the failures of the command it is.' },
      commandId: { type: 'string' },
      errors: {
        type: 'array',
        description: 'Where the request departs from its contract.',
        items: {
          type: 'object',
          required: ['detail'],
          properties: {
            pointer: { type: 'string', description: 'JSON pointer into the body.' },
            parameter: { type: 'string', description: 'The parameter of the path, or the header.' },
            detail: { type: 'string' },
          },
        },
      },
    },
  },
};
