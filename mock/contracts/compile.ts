import type { NodeId, Workspace } from '@chirograph/contract/model';
import type { Validator } from '@chirograph/runtime';
import { bundle, type JsonSchema, mapSubschemas } from '@chirograph/schema';
import { countDecimals } from '@chirograph/schema/ajv';
import { Ajv, type Options } from 'ajv';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';

const OPTIONS: Options = {
  strict: false,
  allErrors: true,
  validateSchema: false,
  logger: false,
  // What it takes to optimise the code is never won back by the few messages that a mock sees.
  code: { optimize: false },
};

/**
 * Validators of a workspace's schemas. Each is compiled when it first has something to check (some 10 ms a message): a
 * mock starts at once, however many messages it knows. It throws then where Ajv refuses the schema, which
 * `chirograph validate` finds before.
 */
export interface Compile {
  /** A message whose format is not JSON Schema accepts everything. */
  payload(schema: NodeId | undefined): Validator<unknown>;
  /** Headers that the schema does not name are let through: brokers and traces add their own. */
  headers(schema: NodeId): Validator<unknown>;
}

export function compileWith(workspace: Workspace): Compile {
  const compile = (id: NodeId, prepare: (schema: JsonSchema) => JsonSchema) =>
    lazily(() =>
      ajvFor(workspace.schemas[id]?.dialect).compile(withoutNullable(prepare(bundle(workspace, id)))),
    );
  return {
    payload: (id) => (id === undefined ? anything : compile(id, (schema) => schema)),
    headers: (id) => compile(id, opened),
  };
}

function opened(schema: JsonSchema): JsonSchema {
  if (typeof schema === 'boolean') return schema;
  const { additionalProperties: _, ...open } = schema;
  return open;
}

/** Ajv refuses `nullable`, a word of OpenAPI's, where there is no type for it to add to. */
function withoutNullable(schema: JsonSchema): JsonSchema {
  if (typeof schema === 'boolean') return schema;
  const { nullable, ...rest } = schema;
  const isMeant = nullable === true && rest.type !== undefined;
  return mapSubschemas(isMeant ? schema : rest, withoutNullable);
}

function lazily(compile: () => Validator<unknown>): Validator<unknown> {
  let compiled: Validator<unknown> | undefined;
  const validate: Validator<unknown> = (value): value is unknown => {
    compiled ??= compile();
    const isValid = compiled(value);
    validate.errors = compiled.errors;
    return isValid;
  };
  return validate;
}

function anything(_: unknown): _ is unknown {
  return true;
}

/** A compiler for each schema: documents may well give two schemas one `$id`. */
function ajvFor(dialect: string | undefined): Ajv {
  const ajv =
    dialect === '2020-12'
      ? new Ajv2020(OPTIONS)
      : dialect === '2019-09'
        ? new Ajv2019(OPTIONS)
        : new Ajv(OPTIONS);
  countDecimals(ajv);
  formats.default(ajv);
  return ajv;
}
