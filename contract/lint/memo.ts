import { type NodeId, referencesOf, type Schema, type Workspace } from '../model/index.ts';

/**
 * What linting has found out of single nodes, for the next run over the same workspace with something changed in it. A
 * node that loading has kept (`LoadMemo`) is the same object; what was found of it holds for as long as the schemas that
 * it was found by are the same objects too.
 */
export interface LintMemo {
  readonly found: WeakMap<object, Map<string, Found>>;
  /** By its first schema, each with all that it refers to. */
  readonly closures: WeakMap<Schema, Closure>;
}

interface Found {
  readonly by: Closure | undefined;
  readonly result: unknown;
}

/** A schema and all that it refers to. */
type Closure = readonly Schema[];

/** A memo that knows nothing yet. */
export function lintMemo(): LintMemo {
  return { found: new WeakMap(), closures: new WeakMap() };
}

/** A memo in one run: the closures that have been looked at. */
interface Remembering {
  readonly memo: LintMemo;
  readonly closures: Map<NodeId, Closure | undefined>;
}

const runs = new WeakMap<Workspace, Remembering>();

/** From now on what is found out of the workspace's nodes is remembered, and what was is not found out again. */
export function remember(workspace: Workspace, memo: LintMemo): void {
  runs.set(workspace, { memo, closures: new Map() });
}

/**
 * What `find` says of a node, which it knows by nothing but the node itself and the schema at `root` with all that this
 * refers to. Without a memo it is asked each time.
 * @param question what is asked of the node
 */
export function remembered<T>(
  workspace: Workspace,
  node: object,
  question: string,
  root: NodeId,
  find: () => readonly T[],
): readonly T[] {
  const run = runs.get(workspace);
  if (!run) return find();
  let found = run.memo.found.get(node);
  if (!found) {
    found = new Map();
    run.memo.found.set(node, found);
  }
  const by = closureOf(workspace, root, run);
  const known = found.get(question);
  if (known && known.by === by) return known.result as readonly T[];
  const result = find();
  found.set(question, { by, result });
  return result;
}

/** The same object for as long as each schema in it is. */
function closureOf(
  { schemas }: Workspace,
  root: NodeId,
  { memo, closures }: Remembering,
): Closure | undefined {
  if (closures.has(root)) return closures.get(root);
  const schema = schemas[root];
  let closure = schema && memo.closures.get(schema);
  if (schema && !closure?.every((it) => schemas[it.id] === it)) {
    closure = reachable(schemas, schema);
    memo.closures.set(schema, closure);
  }
  closures.set(root, closure);
  return closure;
}

function reachable(schemas: Workspace['schemas'], root: Schema): Closure {
  const found = new Set<Schema>();
  const visit = (schema: Schema) => {
    if (found.has(schema)) return;
    found.add(schema);
    for (const id of referencesOf(schema.json)) {
      const target = schemas[id];
      if (target) visit(target);
    }
  };
  visit(root);
  return [...found];
}
