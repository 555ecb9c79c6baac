import { type Diagnostic, diagnose } from '../diagnostics/index.ts';
import type { Workspace } from '../model/index.ts';
import { isObject } from '../source/index.ts';
import { type StructureCheck, structureCheck } from '../structure/index.ts';
import { checkDocument } from './check-document.ts';
import { loadFlows } from './flows.ts';
import { Loading, type Written } from './loading.ts';
import type { Reader } from './reader.ts';
import { resolveRef } from './resolve.ts';
import { loadService, loadSpare } from './services.ts';
import { reportUnused } from './unused.ts';

export interface Loaded {
  readonly workspace: Workspace;
  /** What stood in the way: files, references and shapes. The workspace holds all that could be read in spite of it. */
  readonly diagnostics: readonly Diagnostic[];
  /** The URLs that the reader must know for the workspace to be whole: fetch them, and load again. */
  readonly wanted: readonly string[];
}

/**
 * Reads AsyncAPI documents, what they refer to, and the Arazzo documents beside them into one workspace, and checks
 * their structure. Entries that are neither are left alone, unless a user named them: they are read when something
 * refers to them.
 */
export function load(reader: Reader): Loaded {
  const loading = new Loading(reader);
  const checkStructure = structureCheckFor(loading);
  for (const { file, reason } of reader.unreadable ?? [])
    loading.report(diagnose('file/unreadable', { file, pointer: '' }, { file, reason }));
  const named = new Set(reader.named);
  for (const file of reader.entries) loading.open(file);
  const documents = reader.entries.flatMap((file) => {
    const value = loading.document(file);
    return value === undefined ? [] : [{ value, at: { file, pointer: '' } } satisfies Written];
  });
  const services = documents.flatMap((document) => {
    const version = checkDocument(loading, checkStructure, document, named.has(document.at.file));
    return version ? [{ document, version }] : [];
  });
  for (const { document, version } of services) loadService(loading, document, version);
  for (const document of documents) {
    if (isObject(document.value) && 'arazzo' in document.value)
      loadFlows(loading, document, folderOf(document.at.file));
  }
  const carried = new Set(loading.messages.keys());
  for (const { document, version } of services) loadSpare(loading, document, version);
  for (const { document, version } of services) reportUnused(loading, document, version);
  return {
    workspace: workspaceOf(loading, carried),
    diagnostics: [...loading.diagnostics.values()],
    wanted: [...loading.wanted].sort(),
  };
}

function structureCheckFor(loading: Loading): StructureCheck {
  return structureCheck((ref, file) => {
    const resolution = resolveRef(loading, ref, file);
    return resolution.kind === 'definition' ? resolution.written : undefined;
  });
}

function workspaceOf(loading: Loading, carried: ReadonlySet<string>): Workspace {
  const messages = sorted(loading.messages);
  return {
    domains: [...loading.domains.values()].sort((a, b) => compare(a.name, b.name)),
    services: sorted(loading.services),
    channels: sorted(loading.channels),
    operations: sorted(loading.operations),
    messages: messages.filter(({ id }) => carried.has(id)),
    schemas: Object.fromEntries([...loading.schemas].sort(([a], [b]) => compare(a, b))),
    flows: sorted(loading.flows),
    sources: Object.fromEntries(loading.sources),
    spare: messages.filter(({ id }) => !carried.has(id)),
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
