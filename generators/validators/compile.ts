import { type NodeId, oncePerPair, type Schema, type Workspace } from '@chirograph/contract/model';
import {
  type Dialect,
  isObject,
  isSchema,
  type JsonSchema,
  mapSubschemas,
  reachableSchemas,
  subschemas,
} from '@chirograph/schema';
import type { Ajv, AnySchema } from 'ajv';
import type { Scope } from '../source/generator.ts';
import { remembered } from '../source/memo.ts';
import type { Guard } from './guards.ts';
import { byTag } from './tagged.ts';
import { closureOf, type Printed, type Source, type Unit, unitsOf } from './units.ts';

/** The code of some guards. */
export interface Compiled {
  readonly units: readonly Unit[];
  /** The function that answers a guard, by the guard's name. */
  readonly answers: ReadonlyMap<string, string>;
}

/** Compiles guards, each by the Ajv of its schema's dialect. */
export async function compile(scope: Scope, guards: readonly Guard[]): Promise<Compiled> {
  const { schemas } = scope.workspace;
  const groups = Map.groupBy(guards, ({ schema }) => schemas[schema]?.dialect ?? 'draft-07');
  const outputs = await Promise.all([...groups].map(([dialect, own]) => compileFor(scope, own, dialect)));
  const units = new Map(outputs.flatMap((it) => it.units.map((unit) => [unit.name, unit] as const)));
  return {
    units: [...units.values()].sort((a, b) => (a.name < b.name ? -1 : 1)),
    answers: new Map(outputs.flatMap((it) => [...it.answers])),
  };
}

/** A schema to be compiled, with all that it refers to, under the names that code goes by. */
interface Root {
  readonly name: string;
  readonly schemas: Readonly<Record<string, JsonSchema>>;
}

async function compileFor(scope: Scope, guards: readonly Guard[], dialect: Dialect): Promise<Compiled> {
  const suffix = dialect === 'draft-07' ? '' : dialect.replace(/\D/g, '');
  const roots = guards.map((guard) => ({ guard, root: rootOf(scope, guard) }));
  const schemas = new Set(roots.flatMap(({ root }) => Object.values(root.schemas)));
  const ownProperties = [...schemas].some(namesInherited);
  const keys = new Map(
    roots.map(({ root }) => [
      JSON.stringify(['validators', dialect, ownProperties, root.name, root.schemas]),
      root,
    ]),
  );
  const compiled = await remembered<Unit[]>(scope.memo, [...keys.keys()], async (missing) => {
    const wanted = missing.flatMap((key) => keys.get(key) ?? []);
    const units = await compileRoots(wanted, dialect, ownProperties, suffix);
    return new Map(
      missing.map((key) => [key, closureOf(`validate${keys.get(key)?.name}${suffix}`, units)] as const),
    );
  });
  return {
    units: [...compiled.values()].flat(),
    answers: new Map(roots.map(({ guard, root }) => [guard.name, `validate${root.name}${suffix}`])),
  };
}

async function compileRoots(
  roots: readonly Root[],
  dialect: Dialect,
  ownProperties: boolean,
  suffix: string,
): Promise<Map<string, Printed>> {
  const [{ ajvFor, formatNames }, { asAjvReads }] = await Promise.all([
    import('./ajv.ts'),
    import('@chirograph/schema/ajv'),
  ]);
  const ajv = ajvFor(dialect, ownProperties);
  for (const { schemas } of roots) {
    const asksEvaluated = JSON.stringify(schemas).includes('"unevaluated');
    const resolve = asksEvaluated ? (name: string) => schemas[name] : undefined;
    for (const [name, schema] of Object.entries(schemas))
      if (!ajv.schemas[name]) ajv.addSchema(asAjvReads(schema, dialect, resolve) as AnySchema, name);
  }
  // With a schema, those are compiled that it refers to.
  for (const { name } of roots) ajv.getSchema(name);
  return unitsOf(sourcesIn(ajv, suffix), formatNames());
}

/** What was compiled. */
function sourcesIn({ schemas }: Ajv, suffix: string): Source[] {
  return Object.entries(schemas).flatMap(([name, it]) => {
    const code = it?.validate?.source;
    return code ? [{ name: `validate${name}${suffix}`, code }] : [];
  });
}

function rootOf(scope: Scope, { schema, of }: Guard): Root {
  const { workspace } = scope;
  const nameOf = (id: NodeId) => scope.names.schemaType(id);
  const schemas = reachableSchemas(workspace, schema).map((id) => {
    const found = workspace.schemas[id];
    return [nameOf(id), found ? named(scope, found) : true] as const;
  });
  if (of === 'payload') return { name: nameOf(schema), schemas: Object.fromEntries(schemas) };
  // Another schema may refer to these headers as they stand.
  const name = `${nameOf(schema)}Beside`;
  const open = withNames(scope, opened(workspace, workspace.schemas[schema]?.json ?? true));
  return { name, schemas: Object.fromEntries([...schemas, [name, open]]) };
}

const named = oncePerPair((scope: Scope, { json }: Schema) => withNames(scope, json));

/** A schema in which references go by name, less the keywords that mean nothing to a validator, or would confuse it. */
function withNames(scope: Scope, json: JsonSchema): JsonSchema {
  if (typeof json === 'boolean') return json;
  if (typeof json.$ref === 'string') return { $ref: scope.names.schemaType(json.$ref) };
  const kept = Object.entries(json).filter(([keyword]) => !UNREAD.has(keyword));
  const printed = mapSubschemas(Object.fromEntries(kept), (child) => withNames(scope, child));
  return byTag(json, printed, (id) => scope.workspace.schemas[id]?.json);
}

const UNREAD = new Set([
  '$anchor',
  '$comment',
  '$defs',
  '$dynamicAnchor',
  '$id',
  '$recursiveAnchor',
  '$schema',
  'default',
  'definitions',
  'deprecated',
  'description',
  'discriminator',
  'examples',
  'externalDocs',
  'id',
  'nullable',
  'title',
]);

/** Headers that no broker and no trace may add to would refuse every message. */
function opened(workspace: Workspace, json: JsonSchema): JsonSchema {
  if (typeof json === 'boolean') return json;
  if (typeof json.$ref === 'string') return opened(workspace, workspace.schemas[json.$ref]?.json ?? true);
  const { additionalProperties: _, unevaluatedProperties: __, maxProperties: ___, ...open } = json;
  if (!Array.isArray(open.allOf)) return open;
  return { ...open, allOf: open.allOf.filter(isSchema).map((it) => opened(workspace, it)) };
}

/**
 * Whether a schema names a property that every object inherits, such as `constructor`. Only then is it worth asking each
 * time whether a property is the object's own.
 */
function namesInherited(json: JsonSchema): boolean {
  if (typeof json === 'boolean') return false;
  const maps = [json.properties, json.dependencies, json.dependentRequired, json.dependentSchemas];
  const named = [maps.flatMap((it) => (isObject(it) ? Object.keys(it) : [])), json.required ?? []].flat();
  return (
    named.some((it) => typeof it === 'string' && it in Object.prototype) ||
    subschemas(json).some((it) => namesInherited(it.schema))
  );
}
