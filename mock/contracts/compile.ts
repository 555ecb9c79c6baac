import type { NodeId, Workspace } from '@chirograph/contract/model';
import type { Validator } from '@chirograph/runtime';
import { bundle, type JsonSchema } from '@chirograph/schema';
import { compileSchema } from '@chirograph/schema/ajv';

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
      compileSchema(prepare(bundle(workspace, id)), workspace.schemas[id]?.dialect ?? 'draft-07', {
        allErrors: true,
      }),
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
