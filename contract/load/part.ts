import type { Diagnostic } from '../diagnostics/index.ts';
import type { Channel, Domain, Message, Operation, Schema, Service } from '../model/index.ts';
import type { AsyncApiVersion } from '../structure/index.ts';
import { checkDocument } from './check-document.ts';
import type { Document, Documents, RemoteDocument } from './documents.ts';
import { Loading, type Lookup, type Written } from './loading.ts';
import { loadService, loadSpare } from './services.ts';

/**
 * What one document adds to a workspace: what is found in it, and the nodes that it leads to, those of other files
 * included. It follows from the files that were read for it and from nothing else, so that it can be kept until one of
 * them changes.
 */
export interface Part {
  readonly document: Written;
  /** Undefined for documents that are no service. */
  readonly version: AsyncApiVersion | undefined;
  /** Its check; its service; then the messages and schemas that nothing leads to. In this order parts are put together. */
  readonly checked: Stage;
  readonly carried: Stage;
  readonly spare: Stage;
  readonly used: ReadonlySet<string>;
  /** The references that lead nowhere, what they were to lead into, and where all others lead. */
  readonly unresolved: Loading['unresolved'];
  readonly lost: ReadonlySet<string>;
  readonly resolutions: Loading['resolutions'];
  readonly suggested: ReadonlySet<string>;
  /** The circles of references that were come upon, each with what was said of it. */
  readonly loops: ReadonlyMap<string, Diagnostic>;
  /** What it was made of. */
  readonly isNamed: boolean;
  readonly read: ReadonlyMap<string, Document>;
  readonly listed: ReadonlyMap<string, readonly string[]>;
  readonly asked: ReadonlyMap<string, RemoteDocument>;
  readonly named: ReadonlyMap<string, Lookup>;
}

/** What was gathered from one moment to another. */
export interface Stage {
  readonly diagnostics: readonly Diagnostic[];
  readonly domains: readonly Domain[];
  readonly services: readonly Service[];
  readonly channels: readonly Channel[];
  readonly operations: readonly Operation[];
  readonly messages: readonly Message[];
  readonly schemas: readonly Schema[];
}

/** @param isNamed whether a user named the document, and so takes it for a contract */
export function partOf(documents: Documents, document: Written, isNamed: boolean): Part {
  const loading = new Loading(documents);
  loading.document(document.at.file);
  const version = checkDocument(loading, document, isNamed);
  const checked = since(loading);
  if (version) loadService(loading, document, version);
  const carried = since(loading, checked);
  if (version) loadSpare(loading, document, version);
  const spare = since(loading, checked, carried);
  const { used, unresolved, lost, resolutions, suggested, loops, read, listed, asked, named } = loading;
  const references = { used, unresolved, lost, resolutions, suggested, loops };
  return { document, version, checked, carried, spare, ...references, isNamed, read, listed, asked, named };
}

/** Whether making a part again could only give the same. */
export function holds(part: Part, documents: Documents, isNamed: boolean): boolean {
  return (
    part.isNamed === isNamed &&
    // Asked first: what was found at a URL is a file from then on.
    [...part.asked].every(([url, found]) => isEqual(found, documents.remote(url))) &&
    [...part.named.values()].every(({ uri, from, at }) => isEqual(at, documents.resources.find(uri, from))) &&
    [...part.read].every(([file, document]) => documents.at(file) === document) &&
    [...part.listed].every(([folder, names]) => isSame(names, documents.namesIn(folder)))
  );
}

/** For data as small as these. */
function isEqual(a: object | undefined, b: object | undefined): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((it, index) => it === b[index]);
}

const KINDS = [
  'diagnostics',
  'domains',
  'services',
  'channels',
  'operations',
  'messages',
  'schemas',
] as const;

/** What has been gathered besides what was before. */
function since(loading: Loading, ...before: readonly Stage[]): Stage {
  const rest = <T>(kind: (typeof KINDS)[number], gathered: ReadonlyMap<string, T>): readonly T[] =>
    [...gathered.values()].slice(before.reduce((sum, stage) => sum + stage[kind].length, 0));
  return {
    diagnostics: rest('diagnostics', loading.diagnostics),
    domains: rest('domains', loading.domains),
    services: rest('services', loading.services),
    channels: rest('channels', loading.channels),
    operations: rest('operations', loading.operations),
    messages: rest('messages', loading.messages),
    schemas: rest('schemas', loading.schemas),
  };
}
