import type { JsonValue, Location } from '@chirograph/schema';
import type { Diagnostic, Place } from '../diagnostics/index.ts';
import type { Channel, Domain, Flow, Message, NodeId, Operation, Schema, Service } from '../model/index.ts';
import type { Key, Source } from '../source/index.ts';
import { type Document, type Documents, folderOf, type RemoteDocument } from './documents.ts';
import { Resources } from './resources.ts';

/** What loading has gathered so far. Nodes are kept by id: what is referred to twice is loaded once. */
export class Loading {
  readonly domains = new Map<string, Domain>();
  readonly services = new Map<NodeId, Service>();
  readonly channels = new Map<NodeId, Channel>();
  readonly operations = new Map<NodeId, Operation>();
  readonly messages = new Map<NodeId, Message>();
  readonly schemas = new Map<NodeId, Schema>();
  readonly flows = new Map<NodeId, Flow>();
  readonly sources = new Map<string, Source>();
  readonly diagnostics = new Map<string, Diagnostic>();
  /** What references come to; those that are being followed; what was said of circles of them (see resolve.ts). */
  readonly resolutions = new Map<string, Resolution>();
  readonly pending: string[] = [];
  readonly loops = new Map<string, Diagnostic>();
  /** The ids of the components that something refers to. */
  readonly used = new Set<string>();
  /** The references that lead nowhere, by where they stand, and those of `resolutions` that were only suggested. */
  readonly unresolved = new Map<string, LostReference>();
  readonly suggested = new Set<string>();
  /** The sources that flows name and there are not, which have been reported. */
  readonly unknownSources = new Set<string>();
  /** The kinds of components (`file#/components/schemas`) that a reference which leads nowhere was to lead into. */
  readonly lost = new Set<string>();
  /** The values whose references have been followed. */
  readonly walked = new Set<object>();

  /** What all this was made of: the files as they were read, and the folders whose names were asked for. */
  readonly read = new Map<string, Document>();
  readonly listed = new Map<string, readonly string[]>();
  /** The URLs that were asked for; the names that were looked up among the entries, by file and name. */
  readonly asked = new Map<string, RemoteDocument>();
  readonly named = new Map<string, Lookup>();

  readonly #documents: Documents;
  readonly #resources = new Resources();
  readonly #jobs: (() => void)[] = [];

  constructor(documents: Documents) {
    this.#documents = documents;
  }

  /** The value of a file, undefined where there is no such file or it cannot be parsed; the latter has been reported. */
  document(file: string): JsonValue | undefined {
    const document = this.#at(file);
    if (document.kind !== 'value') return undefined;
    const based = this.#documents.based(file);
    if (!based) return document.value;
    for (const [uri, at] of based.named) this.#note({ uri, from: file, at });
    return based.value;
  }

  /** Where a schema stands that is called by a URI, or what is in it: in an entry, or in a file that has been read. */
  find(uri: string, from: string): Location | undefined {
    const at = this.#documents.resources.find(uri, from);
    this.#note({ uri, from, at });
    return at ?? this.#resources.find(uri, from);
  }

  /** The document at a URL, or why there is none. */
  remote(url: string): RemoteDocument {
    const found = this.#documents.remote(url);
    this.asked.set(url, found);
    return found;
  }

  /** Does something now, or when what is being done is done: no chain of references is too long for the stack so. */
  soon(job: () => void): void {
    this.#jobs.push(job);
    if (this.#jobs.length > 1) return;
    for (const next of this.#jobs) next();
    this.#jobs.length = 0;
  }

  /** True when there is no such file; one that cannot be read or parsed is there. */
  isMissing(file: string): boolean {
    return this.#at(file).kind === 'missing';
  }

  /** The keys of a file that are numbers, booleans or null. */
  keysThatAreNoText(file: string): readonly Key[] {
    const document = this.#at(file);
    return document.kind === 'value' ? document.keysThatAreNoText : [];
  }

  /** The names of the files that are known in a file's folder. */
  neighbours(file: string): string[] {
    const folder = folderOf(file);
    const names = this.#documents.namesIn(folder);
    this.listed.set(folder, names);
    const read = [...this.sources.keys()].filter((it) => folderOf(it) === folder);
    return [...new Set([...names, ...read.map((it) => it.slice(folder.length))])];
  }

  report(diagnostic: Diagnostic): void {
    const { code, at, message } = diagnostic;
    this.diagnostics.set(`${code} ${place(at)} ${message}`, diagnostic);
  }

  #note(lookup: Lookup): void {
    this.named.set(`${lookup.from} ${lookup.uri}`, lookup);
  }

  #at(file: string): Document {
    const known = this.read.get(file);
    if (known) return known;
    const document = this.#documents.at(file);
    this.read.set(file, document);
    if ('source' in document) this.sources.set(file, document.source);
    this.#resources.add(this.#documents.resourcesIn(file));
    if ('fault' in document) this.report(document.fault);
    return document;
  }
}

/** A name that was looked up among the entries, and where it led. */
export interface Lookup {
  readonly uri: string;
  readonly from: string;
  readonly at: Location | undefined;
}

/** A reference that leads nowhere. `at` is the text of its `$ref`. */
export interface LostReference {
  readonly ref: string;
  readonly at: Place;
  readonly meant: Meant | undefined;
}

/** What is missing where a reference leads nowhere, and what was probably meant. */
export interface Meant {
  /** The first part that is missing: `types.yaml#/schemas/Adress`. */
  readonly missing: string;
  /** The reference with that part spelt as a neighbour of it, where there is one. */
  readonly ref?: string;
  /** What stands there instead, and what it is called; not where a file is missing. */
  readonly definition?: Location;
  readonly name?: string;
}

/** A value and where it is written. */
export interface Written {
  readonly value: JsonValue;
  readonly at: Location;
}

/**
 * What a `$ref` comes to. `broken` means that something on the way does not lead on and is reported where that stands:
 * a malformed file, or a reference within what is referred to.
 */
export type Resolution =
  /** `via` are the references between the first one and the definition, where there are any. */
  | { readonly kind: 'definition'; readonly written: Written; readonly via: readonly Written[] }
  | { readonly kind: 'remote' | 'outside' | 'unresolved' | 'broken' }
  | { readonly kind: 'unfetched'; readonly reason: string }
  | { readonly kind: 'changed'; readonly locked: string; readonly found: string }
  /** `loop` is the same for all references that end in one circle. */
  | { readonly kind: 'circular'; readonly loop: string };

function place({ file, pointer, offset }: Place): string {
  return `${file}#${pointer}${offset ?? ''}`;
}
