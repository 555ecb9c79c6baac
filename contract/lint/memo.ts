import { type NodeId, referencesOf, type Schema, type Workspace } from '../model/index.ts';

/**
 * What linting has found out of single nodes, for the next run over the same workspace with something changed in it. A
 * node that loading has kept (`LoadMemo`) is the same object; what was found of it holds for as long as the schemas that
 * it was found by are the same objects too.
 */
export interface LintMemo {
  readonly found: WeakMap<object, Map<string, Found>>;
}

interface Found {
  readonly by: readonly Schema[];
  readonly result: unknown;
}

/** A memo that knows nothing yet. */
export function lintMemo(): LintMemo {
  return { found: new WeakMap() };
}

const memos = new WeakMap<Workspace, LintMemo>();

/** From now on what is found out of the workspace's nodes is remembered, and what was is not found out again. */
export function remember(workspace: Workspace, memo: LintMemo): void {
  memos.set(workspace, memo);
}

/**
 * What `find` says of a node, which it knows by nothing but the node itself and the schema at `root` with all that this
 * refers to. Without a memo it is asked each time.
 * @param name what is asked of the node
 */
export function remembered<T>(
  workspace: Workspace,
  node: object,
  name: string,
  root: NodeId,
  find: () => T,
): T {
  const memo = memos.get(workspace);
  if (!memo) return find();
  let found = memo.found.get(node);
  if (!found) {
    found = new Map();
    memo.found.set(node, found);
  }
  const known = found.get(name);
  if (known?.by.every((it) => workspace.schemas[it.id] === it)) return known.result as T;
  const result = find();
  found.set(name, { by: reachable(workspace, root), result });
  return result;
}

/** A schema and all that it refers to. */
function reachable({ schemas }: Workspace, root: NodeId): Schema[] {
  const found = new Set<Schema>();
  const visit = (id: NodeId) => {
    const schema = schemas[id];
    if (!schema || found.has(schema)) return;
    found.add(schema);
    for (const target of targetsOf(schema)) visit(target);
  };
  visit(root);
  return [...found];
}

const targets = new WeakMap<Schema, readonly NodeId[]>();

function targetsOf(schema: Schema): readonly NodeId[] {
  let known = targets.get(schema);
  if (!known) {
    known = referencesOf(schema.json);
    targets.set(schema, known);
  }
  return known;
}
