/**
 * Writes the tables that documents are checked against: the official meta-schemas of `@asyncapi/specs`, one file per
 * version, without what only people read. Run: node contract/structure/tables/make.ts
 * `--check` writes nothing and fails when a table is not current.
 */
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import {
  isObject,
  isSchema,
  type JsonObject,
  type JsonSchema,
  type JsonValue,
  mapSubschemas,
  type SchemaObject,
  valueAt,
} from '@chirograph/schema';
import { titleOf } from './titles.ts';

const VERSIONS = ['2.0.0', '2.1.0', '2.2.0', '2.3.0', '2.4.0', '2.5.0', '2.6.0', '3.0.0', '3.1.0'];

/** Keywords that say nothing about validity. */
const PROSE = ['$id', '$schema', '$comment', 'default', 'description', 'example', 'examples', 'title'];

/** The tables by file name, as text. */
export function makeTables(): ReadonlyMap<string, string> {
  const require = createRequire(import.meta.url);
  const tables = VERSIONS.map((version) => {
    const metaSchema = require(`@asyncapi/specs/schemas/${version}.json`) as JsonObject;
    return [`${version}.json`, makeTable(version, metaSchema)] as const;
  });
  const newest = tables.at(-1)?.[1] ?? {};
  const folder = new URL('bindings/', pathToFileURL(require.resolve('@asyncapi/specs/package.json')));
  const older = ['bindings-2.json', makeBindings(folder, newest)] as const;
  return new Map([...tables, older].map(([name, table]) => [name, `${JSON.stringify(table)}\n`]));
}

/** The schemas of bindings that the newest meta-schema no longer leads to: AsyncAPI 2 documents are full of them. */
function makeBindings(folder: URL, newest: Record<string, JsonSchema>): Record<string, JsonSchema> {
  const files = globSync('*/*/*.json', { cwd: folder }).sort();
  const found = files.flatMap((file): [string, JsonSchema][] => {
    const name = `bindings/${file.replaceAll('\\', '/').replace(/\.json$/, '')}`;
    if (name in newest || !/\/(server|channel|operation|message)$/.test(name)) return [];
    const definition = JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as JsonSchema;
    return localDefinitions(name, definition).map(([local, schema]) => {
      const title = titleOf(local);
      const own = compact(schema, name, undefined);
      return [local, typeof own === 'boolean' ? own : { ...(title && { title }), ...own }];
    });
  });
  return Object.fromEntries(found);
}

function makeTable(version: string, metaSchema: JsonObject): Record<string, JsonSchema> {
  const { definitions, ...root } = metaSchema;
  const found = new Map<string, JsonSchema>([[`${version}/asyncapi`, root]]);
  for (const [url, definition] of Object.entries(definitions as Record<string, JsonSchema>)) {
    found.set(nameOf(url), definition);
  }
  found.set('x-contract', vocabulary());
  const table: Record<string, JsonSchema> = {};
  found.set('draft-07/schema', withoutUriFormats(found.get('draft-07/schema') ?? true));
  for (const [name, definition] of found) {
    for (const [local, schema] of localDefinitions(name, definition)) {
      const title = titleOf(local);
      const own = compact(schema, name, undefined);
      table[local] = typeof own === 'boolean' ? own : { ...(title && { title }), ...own };
    }
  }
  return reachable(withVocabulary(placesOfReferences(version, table)), `${version}/asyncapi`);
}

function vocabulary(): JsonSchema {
  const file = new URL('../../vocabulary/x-contract.schema.json', import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8')) as JsonSchema;
}

/**
 * The official parser compiles the meta-schema of JSON Schema before it knows any format, so `$id: Light measured` is
 * accepted everywhere. What does not compile as a pattern is said all the same (`schema/pattern-invalid`).
 */
function withoutUriFormats(schema: JsonSchema): JsonSchema {
  if (typeof schema === 'boolean' || !isObject(schema.properties)) return schema;
  const { $id, $schema, ...others } = schema.properties;
  return { ...schema, properties: { $id: textOnly($id), $schema: textOnly($schema), ...others } };
}

function textOnly(schema: JsonValue | undefined): JsonValue {
  const { format: _, ...rest } = isObject(schema) ? schema : {};
  return rest;
}

/** Messages and their traits may carry `x-contract`; operations, its `retry`. */
function withVocabulary(table: Record<string, JsonSchema>): Record<string, JsonSchema> {
  const contract: SchemaObject = { $ref: 'x-contract' };
  const retry: SchemaObject = {
    title: '`x-contract` of an operation',
    type: 'object',
    additionalProperties: false,
    properties: { retry: { $ref: 'x-contract#/properties/retry' } },
  };
  const extended = Object.entries(table).map(([name, schema]): [string, JsonSchema] => {
    const kind = name.split('/').at(-1) ?? name;
    if (kind === 'messageObject' || kind === 'messageTrait') return [name, extend(schema, contract)];
    if (kind === 'operation' && !name.startsWith('bindings')) return [name, extend(schema, retry)];
    return [name, kind === 'message' ? extendMessage(schema, contract) : schema];
  });
  return Object.fromEntries(extended);
}

/** In AsyncAPI 2 a message is one of two things: a list of messages, or a message proper, which has a payload. */
function extendMessage(schema: JsonSchema, contract: SchemaObject): JsonSchema {
  if (typeof schema === 'boolean') return schema;
  if (isObject(schema.properties) && 'payload' in schema.properties) return extend(schema, contract);
  return mapSubschemas(schema, (child) => extendMessage(child, contract));
}

function extend(schema: JsonSchema, contract: SchemaObject): JsonSchema {
  if (typeof schema === 'boolean' || !isObject(schema.properties)) return schema;
  return { ...schema, properties: { ...schema.properties, 'x-contract': contract } };
}

/** `http://asyncapi.com/definitions/3.1.0/channel.json` is `3.1.0/channel`. */
function nameOf(url: string): string {
  return url
    .replace(/^http:\/\/(asyncapi\.com\/(definitions\/)?|json-schema\.org\/)/, '')
    .replace(/\.json$/, '');
}

/** A definition and those that it keeps to itself, by the names that they get in the table. */
function localDefinitions(name: string, definition: JsonSchema): [string, JsonSchema][] {
  if (typeof definition === 'boolean') return [[name, definition]];
  const { definitions, ...rest } = definition;
  const local = Object.entries(isObject(definitions) ? definitions : {});
  return [
    [name, rest],
    ...local.map(([key, it]): [string, JsonSchema] => [`${name}#${key}`, it as JsonSchema]),
  ];
}

function compact(schema: JsonSchema, owner: string, place: string | undefined): JsonSchema {
  if (typeof schema === 'boolean') return schema;
  const kept = Object.fromEntries(Object.entries(schema).filter(([key]) => !PROSE.includes(key)));
  if (typeof kept.$ref === 'string') kept.$ref = targetOf(kept.$ref, owner);
  return withoutReference(mapSubschemas(kept, (child) => compact(child, owner, place)));
}

function targetOf(ref: string, owner: string): string {
  const [url = '', fragment = ''] = ref.split('#');
  const name = url === '' ? owner : nameOf(url);
  return fragment === '' ? name : `${name}#${fragment.replace('/definitions/', '')}`;
}

/** `oneOf: [Reference, X]` is an X in whose place a reference may stand. */
function withoutReference(schema: SchemaObject): SchemaObject {
  const { oneOf, ...rest } = schema;
  if (!Array.isArray(oneOf)) return schema;
  const others: JsonSchema[] = oneOf.filter(isSchema).filter((it) => !isReference(it));
  if (others.length === oneOf.length) return schema;
  const [only] = others;
  const own = others.length === 1 && typeof only === 'object' ? only : { oneOf: others };
  return { ...rest, reference: 'allowed', ...own } as SchemaObject;
}

function isReference(schema: JsonSchema): boolean {
  return typeof schema === 'object' && typeof schema.$ref === 'string' && /\/Reference$/.test(schema.$ref);
}

/**
 * Where nothing but a reference may stand, the table says what it leads to; the official parser does the same when it
 * checks resolved documents. A schema may be a reference everywhere.
 */
function placesOfReferences(version: string, table: Record<string, JsonSchema>): Record<string, JsonSchema> {
  const targets: Readonly<Record<string, string>> = {
    'channel/servers': 'server',
    'operation/channel': 'channel',
    'operation/messages': 'messageObject',
    'operationReply/channel': 'channel',
    'operationReply/messages': 'messageObject',
  };
  const only = (target: string): SchemaObject => ({ reference: 'required', $ref: `${version}/${target}` });
  const rewritten = Object.entries(table).map(([name, schema]): [string, JsonSchema] => {
    if (typeof schema === 'boolean') return [name, schema];
    if (/(\/|^)(schema|draft-07\/schema|openapiSchema_3_0)$/.test(name))
      return [name, { reference: 'allowed', ...schema }];
    const { properties } = schema;
    if (!isObject(properties)) return [name, schema];
    const own = Object.entries(properties).map(([key, it]): [string, JsonValue] => {
      const target = targets[`${name.split('/').at(-1)}/${key}`];
      if (!target || !isObject(it)) return [key, it];
      if (isReference(it)) return [key, only(target)];
      return isObject(it.items) && isReference(it.items) ? [key, { ...it, items: only(target) }] : [key, it];
    });
    return [name, { ...schema, properties: Object.fromEntries(own) }];
  });
  return Object.fromEntries(rewritten);
}

/** Only what the root leads to; some meta-schemas carry leftovers. */
function reachable(table: Record<string, JsonSchema>, root: string): Record<string, JsonSchema> {
  const found: Record<string, JsonSchema> = {};
  const visit = (schema: JsonSchema): void => {
    if (typeof schema === 'boolean') return;
    if (typeof schema.$ref === 'string') take(schema.$ref);
    mapSubschemas(schema, (child) => {
      visit(child);
      return child;
    });
  };
  const take = (name: string): void => {
    if (Object.hasOwn(found, name)) return;
    const [owner = '', pointer] = name.split('#');
    const schema = table[name] ?? valueAt(table[owner] ?? null, pointer ?? '');
    if (!isSchema(schema)) throw new Error(`no definition ${name}`);
    found[name] = schema;
    visit(schema);
  };
  take(root);
  // By name, so that a table changes only where a meta-schema does.
  return Object.fromEntries(Object.entries(found).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function main(check: boolean): number {
  let stale = 0;
  for (const [name, text] of makeTables()) {
    const file = new URL(name, import.meta.url);
    if (!check) writeFileSync(file, text);
    else if (readFileSync(file, 'utf8') !== text) {
      process.stderr.write(`${name} is not current\n`);
      stale += 1;
    }
  }
  return stale > 0 ? 1 : 0;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  process.exitCode = main(process.argv.includes('--check'));
