import {
  type Dialect,
  isSchema,
  type JsonSchema,
  mapSubschemas,
  type NodeId,
  reachableSchemas,
  subschemas,
  type Workspace,
} from '@chirograph/contract/model';
import { isObject } from '@chirograph/contract/source';
import { Ajv, type AnySchema } from 'ajv';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { Ajv2020 } from 'ajv/dist/2020.js';
import standalone from 'ajv/dist/standalone/index.js';
import formats from 'ajv-formats';
import type { Generator, Scope } from '../source/generator.ts';
import { headerOf } from '../source/header.ts';
import { headersGuard, headersType, messageGuard, messageType, RUNTIME_CONTRACT } from '../source/modules.ts';
import { type Code, code, docComment, lines, sourceFile, typeSymbol } from '../source/source-file.ts';
import { type Tidied, tidy } from './tidy.ts';

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

/** The functions of all guards, and which of them answers each guard. Each dialect of JSON Schema has an Ajv. */
function compile(scope: Scope, guards: readonly Guard[]): Tidied {
  const { schemas } = scope.workspace;
  const groups = Map.groupBy(guards, ({ schema }) => schemas[schema]?.dialect ?? 'draft-07');
  const first = DIALECTS.find((it) => groups.has(it));
  const outputs = DIALECTS.flatMap((dialect) => {
    const own = groups.get(dialect) ?? [];
    const suffix = dialect === first ? '' : `In${dialect.replace(/\W/g, '')}`;
    return own.length === 0 ? [] : [compileFor(scope, own, dialect, suffix)];
  });
  return {
    functions: outputs.map(({ functions }, i) => (i === 0 ? functions : ['\n', functions])),
    names: new Map(outputs.flatMap(({ names }) => [...names])),
  };
}

const DIALECTS: readonly Dialect[] = ['draft-07', '2019-09', '2020-12'];

function compileFor(scope: Scope, guards: readonly Guard[], dialect: Dialect, suffix: string): Tidied {
  const { schemas } = scope.workspace;
  const ids = [...new Set(guards.flatMap(({ schema }) => reachableSchemas(scope.workspace, schema)))];
  const ajv = ajvFor(
    dialect,
    ids.some((id) => namesInherited(schemas[id]?.json ?? true)),
  );
  const nameOf = (id: NodeId) => scope.names.schemaType(id);
  for (const id of ids) ajv.addSchema(withNames(schemas[id]?.json ?? true, nameOf) as AnySchema, nameOf(id));
  const wanted = guards.map(({ name, schema, of }) => {
    if (of === 'payload') return { guard: name, checks: nameOf(schema) };
    const checks = `${nameOf(schema)}${OPENED}`;
    if (!ajv.schemas[checks])
      ajv.addSchema(
        withNames(opened(scope.workspace, schemas[schema]?.json ?? true), nameOf) as AnySchema,
        checks,
      );
    return { guard: name, checks };
  });
  const text = standalone.default(ajv, Object.fromEntries(wanted.map(({ checks }) => [checks, checks])));
  const compiled = Object.entries(ajv.schemas).flatMap(([name, it]): [string, string][] => {
    const own = it?.validate?.source?.validateName.str;
    return own === undefined ? [] : [[own, name]];
  });
  const { functions, names } = tidy(text, new Map(compiled), suffix);
  return { functions, names: new Map(wanted.map(({ guard, checks }) => [guard, names.get(checks) ?? ''])) };
}

/** Headers are checked less strictly than their schema says, where another schema refers to them. */
const OPENED = 'Beside';

function ajvFor(dialect: Dialect, ownProperties: boolean): Ajv {
  const options = {
    allErrors: true,
    code: { source: true, esm: true, lines: true },
    // Small schemas are checked in place, larger ones by functions of their own.
    inlineRefs: 4,
    messages: false,
    ownProperties,
    strict: false,
    validateSchema: false,
  } as const;
  const ajv =
    dialect === '2020-12'
      ? new Ajv2020(options)
      : dialect === '2019-09'
        ? new Ajv2019(options)
        : new Ajv(options);
  formats.default(ajv as Ajv);
  return ajv as Ajv;
}

/**
 * Whether a schema names a property that every object inherits, such as `constructor`. Only then is it worth asking each
 * time whether a property is the object's own.
 */
function namesInherited(json: JsonSchema): boolean {
  if (typeof json === 'boolean') return false;
  const named = [isObject(json.properties) ? Object.keys(json.properties) : [], json.required ?? []].flat();
  return (
    named.some((it) => typeof it === 'string' && it in Object.prototype) ||
    subschemas(json).some((it) => namesInherited(it.schema))
  );
}

/** A schema in which references go by name. Identifiers of the schema's own would only confuse the compiler. */
function withNames(json: JsonSchema, nameOf: (id: NodeId) => string): JsonSchema {
  if (typeof json === 'boolean') return json;
  if (typeof json.$ref === 'string') return { $ref: nameOf(json.$ref) };
  const kept = Object.entries(json).filter(([keyword]) => !UNREAD.includes(keyword));
  return mapSubschemas(Object.fromEntries(kept), (child) => withNames(child, nameOf));
}

/** Keywords that mean nothing to a validator once references go by name, or would confuse it. */
const UNREAD = [
  '$id',
  'id',
  '$schema',
  '$anchor',
  '$defs',
  'definitions',
  '$comment',
  'title',
  'description',
  'examples',
  'default',
];

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
