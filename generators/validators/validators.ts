import { type JsonSchema, mapSubschemas, type NodeId, reachableSchemas } from '@chirograph/contract/model';
import { Ajv, type AnySchema } from 'ajv';
import standalone from 'ajv/dist/standalone/index.js';
import formats from 'ajv-formats';
import type { Generator, Scope } from '../source/generator.ts';
import { headerOf } from '../source/header.ts';
import { messageGuard, messageType, RUNTIME_CONTRACT } from '../source/modules.ts';
import { type Code, code, docComment, lines, sourceFile, typeSymbol } from '../source/source-file.ts';
import { tidy } from './tidy.ts';

/**
 * `<domain>/validators.ts`: a type guard for every message. The functions are Ajv's standalone code, made here and now,
 * so that nothing is compiled, and no `eval` is used, where messages are checked. Schemas that messages share are
 * shared functions.
 */
export const validators: Generator = {
  name: 'validators',
  generate(scope) {
    const checked = scope.messages.filter((it) => it.payload !== undefined);
    if (checked.length === 0) return [];
    const guards = checked.map((message) => ({
      message,
      guard: messageGuard(scope, message).name,
      schema: scope.names.typeOf(message),
      payload: message.payload as NodeId,
    }));
    const { functions, names } = compile(scope, guards);
    const rows = guards.map(
      ({ message, guard }) =>
        code`${docComment(`Is it ${article(message.name)} \`${message.name}\` ${message.version}? What it is not stands in \`errors\`.`)}
export const ${guard}: ${typeSymbol('Validator', RUNTIME_CONTRACT)}<${messageType(scope, message)}> = ${names.get(guard) ?? ''};`,
    );
    const header = `${headerOf(scope)}\n// @ts-nocheck: the functions are Ajv's; the exports at the end are typed.`;
    const body: Code = [functions, '\n\n', lines(rows.flatMap((row) => [row, '']))];
    return [sourceFile(`${scope.domain}/validators.ts`, header, body, scope.options)];
  },
};

interface Guard {
  readonly guard: string;
  readonly schema: string;
  readonly payload: NodeId;
}

/** The functions of all guards, and which of them answers each guard. */
function compile(
  scope: Scope,
  guards: readonly Guard[],
): { functions: Code; names: ReadonlyMap<string, string> } {
  const ajv = new Ajv({
    allErrors: true,
    code: { source: true, esm: true, lines: true },
    // Small schemas are checked in place, larger ones by functions of their own.
    inlineRefs: 4,
    messages: false,
    strict: false,
    validateSchema: false,
  });
  formats.default(ajv);
  const roots = new Map(guards.map(({ payload, schema }) => [payload, schema]));
  const nameOf = (id: NodeId) => roots.get(id) ?? scope.names.schemaType(id) ?? 'Schema';
  for (const id of new Set(guards.flatMap(({ payload }) => reachableSchemas(scope.workspace, payload)))) {
    const json = scope.workspace.schemas[id]?.json ?? true;
    ajv.addSchema(withNames(json, nameOf) as AnySchema, nameOf(id));
  }
  const exports = Object.fromEntries(guards.map(({ guard, schema }) => [guard, schema]));
  return tidy(standalone.default(ajv, exports));
}

/** A schema in which references go by name. Identifiers of the schema's own would only confuse the compiler. */
function withNames(json: JsonSchema, nameOf: (id: NodeId) => string): JsonSchema {
  if (typeof json === 'boolean') return json;
  if (typeof json.$ref === 'string') return { $ref: nameOf(json.$ref) };
  const { $id: _, $schema: __, examples: ___, ...rest } = json;
  return mapSubschemas(rest, (child) => withNames(child, nameOf));
}

function article(name: string): string {
  return /^[aeio]/i.test(name) ? 'an' : 'a';
}
