import { childPointer, type Location, type SchemaObject, subschemas } from '@chirograph/schema';
import { allOfParts } from '@chirograph/schema/combine';
import { type NodeId, oncePer, type Schema, type Workspace } from '../model/index.ts';
import { remembered } from './memo.ts';
import { otherKindAt } from './other-kind.ts';

/** A schema somewhere in the workspace, and what its surroundings say of the same value. */
export interface SchemaNode {
  readonly schema: SchemaObject;
  readonly at: Location;
  /** The schemas that hold for the same value: those around it (`allOf` and the like), outermost first. */
  readonly around: readonly SchemaObject[];
  /** Within a condition (`not`, `if`): it need not be met by anything. */
  readonly isCondition: boolean;
  /** The schema of the workspace that it stands in. */
  readonly owner: NodeId;
}

/** Keywords whose schemas are about the same value as the schema that they stand in. */
const BESIDE = new Set(['allOf', 'anyOf', 'oneOf', 'then', 'else', 'dependentSchemas', 'dependencies']);

/** Keywords whose schemas say what is not, or only when something is: they need not be met by anything. */
const CONDITIONS = new Set(['not', 'if']);

/** A schema of the workspace and every schema inside it. */
export function nodesIn(schema: Schema): readonly SchemaNode[] {
  return gathered(schema).nodes;
}

/** The keywords that a schema of the workspace, or any schema inside it, has. */
export function keywordsIn(schema: Schema): ReadonlySet<string> {
  return gathered(schema).keywords;
}

/** The schemas in one, and the keywords that any of them has. */
interface Gathered {
  readonly nodes: readonly SchemaNode[];
  readonly keywords: ReadonlySet<string>;
}

const known = new WeakMap<Schema, Gathered>();

/** Most rules ask for them, so they are gathered once. */
function gathered(schema: Schema): Gathered {
  const found = known.get(schema);
  if (found) return found;
  const nodes = gather(schema);
  const keywords = new Set<string>();
  for (const node of nodes) for (const keyword in node.schema) keywords.add(keyword);
  const made = { nodes, keywords };
  known.set(schema, made);
  return made;
}

function gather({ id, json, at, mergedFrom }: Schema): SchemaNode[] {
  if (mergedFrom) return [];
  const found: SchemaNode[] = [];
  const visit = (node: SchemaNode): void => {
    found.push(node);
    for (const { path, schema } of subschemas(node.schema)) {
      const [keyword] = path;
      if (typeof schema === 'boolean') continue;
      visit({
        schema,
        at: { file: node.at.file, pointer: childPointer(node.at.pointer, ...path) },
        around: BESIDE.has(String(keyword)) ? [...node.around, node.schema] : [],
        isCondition: node.isCondition || CONDITIONS.has(String(keyword)),
        owner: id,
      });
    }
  };
  // A message that something takes for a schema has no keywords to speak of.
  if (typeof json === 'object' && otherKindAt(at) === undefined)
    visit({ schema: json, at, around: [], isCondition: false, owner: id });
  return found;
}

/**
 * What `find` says of each schema in a workspace, the parts of schemas included but conditions. It knows a part by nothing
 * but the schema that it stands in and what this refers to, so that what it said can be remembered.
 * @param question what is asked, one name for one `find`
 * @param having given, only schemas with one of these keywords are asked
 */
export function inSchemas<T>(
  workspace: Workspace,
  question: string,
  find: (node: SchemaNode) => Iterable<T>,
  having?: readonly string[],
): T[] {
  return inAllSchemas(workspace, question, (node) => (node.isCondition ? [] : find(node)), having);
}

/** The same for all schemas, conditions too. */
export function inAllSchemas<T>(
  workspace: Workspace,
  question: string,
  find: (node: SchemaNode) => Iterable<T>,
  having?: readonly string[],
): T[] {
  const found: T[] = [];
  for (const schema of schemasOf(workspace)) {
    if (having && !mayHave(schema, having)) continue;
    const own = remembered(workspace, schema, question, schema.id, () => findIn(schema, find, having));
    if (own.length > 0) found.push(...own);
  }
  return found;
}

/** To list the values of an object with thousands of keys takes longer than most rules. */
export const schemasOf = oncePer(({ schemas }: Workspace): readonly Schema[] => Object.values(schemas));

function mayHave(schema: Schema, having: readonly string[]): boolean {
  const keywords = keywordsIn(schema);
  return having.some((it) => keywords.has(it));
}

function findIn<T>(
  schema: Schema,
  find: (node: SchemaNode) => Iterable<T>,
  having: readonly string[] | undefined,
): T[] {
  const found: T[] = [];
  for (const node of gathered(schema).nodes) {
    if (having && !having.some((it) => it in node.schema)) continue;
    for (const it of find(node)) found.push(it);
  }
  return found;
}

/** The schemas that a value must all meet: one, its `allOf`, and what they refer to. */
export function conjuncts({ schemas }: Workspace, schema: SchemaObject): SchemaObject[] {
  return allOfParts(schemas, schema).map((it) => it.json);
}
