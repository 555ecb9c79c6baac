import { referencesOf } from '@chirograph/schema';
import type { NodeId, Schema, Workspace } from '../model/index.ts';

/**
 * What linting has found out of single nodes, for the next run over the same workspace with something changed in it. A
 * node that loading has kept (`LoadMemo`) is the same object; what was found of it holds for as long as the schemas that
 * it was found by are the same objects too. Plain data: a structured clone of it, made together with that of the load's
 * memo, serves as well.
 */
export interface LintMemo {
  /** By node, then by what was asked. */
  found: ReadonlyMap<object, ReadonlyMap<string, Found>>;
  /** By its first schema, each with all that it refers to. */
  closures: ReadonlyMap<Schema, Closure>;
}

interface Found {
  readonly by: Closure | undefined;
  readonly result: unknown;
}

/** A schema and all that it refers to. */
type Closure = readonly Schema[];

/** A memo that knows nothing yet. */
export function lintMemo(): LintMemo {
  return { found: new Map(), closures: new Map() };
}

/** A memo in one run: what it knew before, and what it will know after. */
export interface Recollection {
  readonly former: LintMemo;
  readonly found: Map<object, Map<string, Found>>;
  readonly closures: Map<Schema, Closure>;
}

/** Begins a run: what the memo knows is asked from it, and it keeps what was asked. */
export function recollect(memo: LintMemo): Recollection {
  const former = { ...memo };
  const found = new Map();
  const closures = new Map();
  Object.assign(memo, { found, closures });
  return { former, found, closures };
}

/** The memo of a workspace, and the closures of its schemas that have been looked at. */
interface Remembering extends Recollection {
  readonly known: Map<NodeId, Closure | undefined>;
}

const runs = new WeakMap<Workspace, Remembering>();

/** From now on what is found out of the workspace's nodes is remembered, and what was is not found out again. */
export function remember(workspace: Workspace, recollection: Recollection): void {
  runs.set(workspace, { ...recollection, known: new Map() });
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
  const by = closureOf(workspace, root, run);
  const former = run.found.get(node)?.get(question) ?? run.former.found.get(node)?.get(question);
  const found = former && former.by === by ? former : { by, result: find() };
  keep(run, node, question, found);
  return found.result as readonly T[];
}

function keep({ found }: Remembering, node: object, question: string, what: Found): void {
  const known = found.get(node);
  if (known) known.set(question, what);
  else found.set(node, new Map([[question, what]]));
}

/** The same object for as long as each schema in it is. */
function closureOf({ schemas }: Workspace, root: NodeId, run: Remembering): Closure | undefined {
  if (run.known.has(root)) return run.known.get(root);
  const schema = schemas[root];
  const former = schema && (run.closures.get(schema) ?? run.former.closures.get(schema));
  const closure = former?.every((it) => schemas[it.id] === it)
    ? former
    : schema && reachable(schemas, schema);
  if (schema && closure) run.closures.set(schema, closure);
  run.known.set(root, closure);
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
