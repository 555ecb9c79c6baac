import { isObject } from '@chirograph/schema';
import { type Diagnostic, diagnose } from '../diagnostics/index.ts';
import type { Workspace } from '../model/index.ts';
import { Documents, type Reading } from './documents.ts';
import { loadFlows } from './flows.ts';
import { Loading, type Written } from './loading.ts';
import { reportLost } from './lost-references.ts';
import { holds, type Part, partOf, type Stage } from './part.ts';
import type { Reader } from './reader.ts';
import { reportUnused } from './unused.ts';

export interface Loaded {
  readonly workspace: Workspace;
  /** What stood in the way: files, references and shapes. The workspace holds all that could be read in spite of it. */
  readonly diagnostics: readonly Diagnostic[];
  /** The URLs that the reader must know for the workspace to be whole: fetch them, and load again. */
  readonly wanted: readonly string[];
}

/**
 * What one run leaves to the next one of the same workspace: the files as they were parsed, and the part that each
 * document had. The next run gives what it would give without it, sooner. Plain data: a structured clone of it serves as
 * well.
 */
export interface LoadMemo {
  readings: ReadonlyMap<string, Reading>;
  parts: ReadonlyMap<string, Part>;
}

/** A memo that knows nothing yet. */
export function loadMemo(): LoadMemo {
  return { readings: new Map(), parts: new Map() };
}

/**
 * Reads AsyncAPI documents, what they refer to, and the Arazzo documents beside them into one workspace, and checks
 * their structure. Entries that are neither are left alone, unless a user named them: they are read when something
 * refers to them.
 */
export function load(reader: Reader, memo?: LoadMemo): Loaded {
  const files = new Documents(reader, memo?.readings);
  const loading = new Loading(files);
  for (const { file, reason } of reader.unreadable ?? [])
    loading.report(diagnose('file/unreadable', { file, pointer: '' }, { file, reason }));
  const named = new Set(reader.named);
  const documents = reader.entries.flatMap((file) => {
    const value = loading.document(file);
    return value === undefined ? [] : [{ value, at: { file, pointer: '' } } satisfies Written];
  });
  const parts = documents.map((document) => {
    const isNamed = named.has(document.at.file);
    const former = memo?.parts.get(document.at.file);
    return former && holds(former, files, isNamed) ? former : partOf(files, document, isNamed);
  });
  for (const part of parts) take(loading, part, part.checked);
  for (const part of parts) take(loading, part, part.carried);
  for (const document of documents) {
    if (isObject(document.value) && 'arazzo' in document.value)
      loadFlows(loading, document, folderOf(document.at.file));
  }
  const carried = new Set(loading.messages.keys());
  for (const part of parts) take(loading, part, part.spare);
  reportLost(loading, parts);
  reportUnused(loading, parts);
  if (memo) {
    memo.readings = files.all;
    memo.parts = new Map(parts.map((part) => [part.document.at.file, part]));
  }
  return {
    workspace: workspaceOf(loading, carried),
    diagnostics: [...loading.diagnostics.values()],
    wanted: [...files.wanted].sort(),
  };
}

/** Adds a stage of a part to those before it. A node that several parts lead to is that of the first. */
function take(loading: Loading, part: Part, stage: Stage): void {
  const { loops, used, read } = part;
  const told = new Set<Diagnostic>();
  for (const [loop, diagnostic] of loops) {
    const first = loading.loops.get(loop);
    if (!first) loading.loops.set(loop, diagnostic);
    else if (first !== diagnostic) told.add(diagnostic);
  }
  for (const diagnostic of stage.diagnostics) if (!told.has(diagnostic)) loading.report(diagnostic);
  for (const domain of stage.domains) loading.domains.set(domain.name, domain);
  add(loading.services, stage.services);
  add(loading.channels, stage.channels);
  add(loading.operations, stage.operations);
  add(loading.messages, stage.messages);
  add(loading.schemas, stage.schemas);
  for (const id of used) loading.used.add(id);
  for (const id of part.lost) loading.lost.add(id);
  for (const [at, reference] of part.unresolved) loading.unresolved.set(at, reference);
  for (const file of read.keys()) loading.document(file);
}

function add<T extends { readonly id: string }>(nodes: Map<string, T>, more: readonly T[]): void {
  for (const node of more) if (!nodes.has(node.id)) nodes.set(node.id, node);
}

function workspaceOf(loading: Loading, carried: ReadonlySet<string>): Workspace {
  const messages = sorted(loading.messages);
  return {
    domains: [...loading.domains.values()].sort((a, b) => compare(a.name, b.name)),
    services: sorted(loading.services),
    channels: sorted(loading.channels),
    operations: sorted(loading.operations),
    messages: messages.filter(({ id }) => carried.has(id)),
    schemas: Object.fromEntries(sorted(loading.schemas).map((it) => [it.id, it])),
    flows: sorted(loading.flows),
    sources: Object.fromEntries(loading.sources),
    spare: messages.filter(({ id }) => !carried.has(id)),
    faults: [
      ...[...loading.diagnostics.values()].filter((it) => it.severity !== 'info').map(({ at }) => at),
      ...[...loading.unresolved.values()].map(({ at }) => at),
    ],
  };
}

function sorted<T extends { readonly id: string }>(nodes: ReadonlyMap<string, T>): T[] {
  return [...nodes.values()].sort((a, b) => compare(a.id, b.id));
}

/** By code units: the same on every machine, whatever its language. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function folderOf(file: string): string {
  return file.split('/').at(-2) ?? 'default';
}
