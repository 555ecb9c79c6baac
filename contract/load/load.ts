import { isObject, type Location } from '@chirograph/schema';
import { beginSuggestions, type Diagnostic, diagnose } from '../diagnostics/index.ts';
import type { Workspace } from '../model/index.ts';
import { type DocumentResult, isCurrent, loadDocument } from './document-result.ts';
import { Documents, type Reading } from './documents.ts';
import { loadFlows } from './flows.ts';
import { LoadContext } from './load-context.ts';
import type { Located } from './located.ts';
import { reportLost } from './lost-references.ts';
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
 * What one run leaves to the next one of the same workspace: the files as they were parsed, and what each document
 * added. The next run gives what it would give without it, sooner. Plain data: a structured clone of it serves as
 * well.
 */
export interface LoadMemo {
  readings: ReadonlyMap<string, Reading>;
  results: ReadonlyMap<string, DocumentResult>;
}

/** A memo that knows nothing yet. */
export function loadMemo(): LoadMemo {
  return { readings: new Map(), results: new Map() };
}

/**
 * Reads AsyncAPI documents, what they refer to, and the Arazzo documents beside them into one workspace, and checks
 * their structure. Entries that are neither are left alone, unless a user named them: they are read when something
 * refers to them.
 */
export function load(reader: Reader, memo?: LoadMemo): Loaded {
  beginSuggestions();
  const files = new Documents(reader, memo?.readings);
  const context = new LoadContext(files);
  for (const { file, reason } of reader.unreadable ?? [])
    context.report(diagnose('file/unreadable', { file, pointer: '' }, { file, reason }));
  const named = new Set(reader.named);
  const documents = reader.entries.flatMap((file) => {
    const value = context.inputs.document(file);
    return value === undefined ? [] : [{ value, at: { file, pointer: '' } } satisfies Located];
  });
  const results = documents.map((document) => {
    const isNamed = named.has(document.at.file);
    const former = memo?.results.get(document.at.file);
    return former && isCurrent(former, files, isNamed) ? former : loadDocument(files, document, isNamed);
  });
  const mergePhase = merging(context, results);
  mergePhase('checked');
  mergePhase('carried');
  for (const document of documents) {
    if (isObject(document.value) && 'arazzo' in document.value)
      loadFlows(context, document, folderOf(document.at.file));
  }
  const carried = new Set(context.nodes.all('messages').map(({ id }) => id));
  mergePhase('spare');
  reportLost(
    context,
    results.map(({ references }) => references),
  );
  reportUnused(context, results);
  if (memo) {
    memo.readings = files.all;
    memo.results = new Map(results.map((result) => [result.document.at.file, result]));
  }
  return {
    workspace: workspaceOf(context, carried),
    diagnostics: context.nodes.diagnostics,
    wanted: [...files.wanted].sort(),
  };
}

/** Puts together what documents add, a phase of all of them at a time. */
function merging(
  { inputs, references, nodes }: LoadContext,
  results: readonly DocumentResult[],
): (phase: 'checked' | 'carried' | 'spare') => void {
  const parts = results.map((result) => ({ result, repeated: references.merge(result.references) }));
  return (name) => {
    for (const { result, repeated } of parts) {
      const phase = result[name];
      nodes.merge({ ...phase, diagnostics: phase.diagnostics.filter((it) => !repeated.has(it)) });
      for (const file of result.inputs.read.keys()) inputs.document(file);
    }
  };
}

function workspaceOf({ inputs, references, nodes }: LoadContext, carried: ReadonlySet<string>): Workspace {
  const messages = nodes.all('messages').sort(byId);
  return {
    domains: nodes.all('domains').sort((a, b) => compare(a.name, b.name)),
    services: nodes.all('services').sort(byId),
    channels: nodes.all('channels').sort(byId),
    operations: nodes.all('operations').sort(byId),
    messages: messages.filter(({ id }) => carried.has(id)),
    schemas: Object.fromEntries(
      nodes
        .all('schemas')
        .sort(byId)
        .map((it) => [it.id, it]),
    ),
    flows: nodes.all('flows').sort(byId),
    sources: inputs.sources,
    spare: messages.filter(({ id }) => !carried.has(id)),
    faults: [
      ...nodes.diagnostics.filter((it) => it.severity !== 'info').map(({ at }) => at),
      ...references.unresolved.map(({ at }) => at),
    ],
    missing: [...references.missing, ...unreadIn(nodes.diagnostics)],
  };
}

function byId(a: { readonly id: string }, b: { readonly id: string }): number {
  return compare(a.id, b.id);
}

/** By code units: the same on every machine, whatever its language. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function folderOf(file: string): string {
  return file.split('/').at(-2) ?? 'default';
}

/** Of a file that cannot be read or parsed nothing is known at all. */
function unreadIn(diagnostics: readonly Diagnostic[]): Location[] {
  return diagnostics.flatMap(({ code, at: { file } }) =>
    code.startsWith('file/') ? [{ file, pointer: '' }] : [],
  );
}
