import {
  isSchema,
  type JsonSchema,
  mapSubschemas,
  type NodeId,
  reachableSchemas,
  type Workspace,
} from '@chirograph/contract/model';
import { Ajv, type AnySchema } from 'ajv';
import standalone from 'ajv/dist/standalone/index.js';
import formats from 'ajv-formats';
import type { Generator, Scope } from '../source/generator.ts';
import { headerOf } from '../source/header.ts';
import { headersGuard, headersType, messageGuard, messageType, RUNTIME_CONTRACT } from '../source/modules.ts';
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
    const guards = guardsOf(scope);
    if (guards.length === 0) return [];
    const { functions, names } = compile(scope, guards);
    const rows = guards.map(
      ({ name, type, doc }) =>
        code`${docComment(doc)}\nexport const ${name}: ${typeSymbol('Validator', RUNTIME_CONTRACT)}<${type}> = ${names.get(name) ?? ''};`,
    );
    const header = `${headerOf(scope)}\n// @ts-nocheck: the functions are Ajv's; the exports at the end are typed.`;
    const body: Code = [functions, '\n\n', lines(rows.flatMap((row) => [row, '']))];
    return [sourceFile(`${scope.domain}/validators.ts`, header, body, scope.options)];
  },
};

/** A type guard to be exported, and the schema that it checks. */
interface Guard {
  readonly name: string;
  readonly type: Code;
  readonly doc: string;
  readonly schema: NodeId;
  readonly of: 'payload' | 'headers';
}

function guardsOf(scope: Scope): Guard[] {
  const guards = new Map<string, Guard>();
  for (const message of scope.messages) {
    const { name, version, payload, headers } = message;
    if (payload !== undefined) {
      const guard = messageGuard(scope, message).name;
      const doc = `Is it ${article(name)} \`${name}\` ${version}? What it is not stands in \`errors\`.`;
      guards.set(guard, {
        name: guard,
        type: messageType(scope, message),
        doc,
        schema: payload,
        of: 'payload',
      });
    }
    const guard = headersGuard(scope, message)?.name;
    if (headers === undefined || guard === undefined || guards.has(guard)) continue;
    const doc = `Are they the headers of ${article(name)} \`${name}\` ${version}? Others beside them are let through.`;
    guards.set(guard, {
      name: guard,
      type: headersType(scope, message) ?? '',
      doc,
      schema: headers,
      of: 'headers',
    });
  }
  return [...guards.values()];
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
  const { schemas } = scope.workspace;
  const nameOf = (id: NodeId) => scope.names.schemaType(id);
  for (const id of new Set(guards.flatMap(({ schema }) => reachableSchemas(scope.workspace, schema)))) {
    ajv.addSchema(withNames(schemas[id]?.json ?? true, nameOf) as AnySchema, nameOf(id));
  }
  const exports = Object.fromEntries(
    guards.map(({ name, schema, of }) => {
      if (of === 'payload') return [name, nameOf(schema)];
      ajv.addSchema(
        withNames(opened(scope.workspace, schemas[schema]?.json ?? true), nameOf) as AnySchema,
        name,
      );
      return [name, name];
    }),
  );
  return tidy(standalone.default(ajv, exports));
}

/** A schema in which references go by name. Identifiers of the schema's own would only confuse the compiler. */
function withNames(json: JsonSchema, nameOf: (id: NodeId) => string): JsonSchema {
  if (typeof json === 'boolean') return json;
  if (typeof json.$ref === 'string') return { $ref: nameOf(json.$ref) };
  const { $id: _, $schema: __, examples: ___, ...rest } = json;
  return mapSubschemas(rest, (child) => withNames(child, nameOf));
}

/** Headers that no broker and no trace may add to would refuse every message. */
function opened(workspace: Workspace, json: JsonSchema): JsonSchema {
  if (typeof json === 'boolean') return json;
  if (typeof json.$ref === 'string') return opened(workspace, workspace.schemas[json.$ref]?.json ?? true);
  const { additionalProperties: _, unevaluatedProperties: __, maxProperties: ___, ...open } = json;
  if (!Array.isArray(open.allOf)) return open;
  return { ...open, allOf: open.allOf.filter(isSchema).map((it) => opened(workspace, it)) };
}

function article(name: string): string {
  return /^[aeio]/i.test(name) ? 'an' : 'a';
}
