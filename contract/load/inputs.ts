import type { JsonValue, Location } from '@chirograph/schema';
import type { Diagnostic } from '../diagnostics/index.ts';
import type { Key, Source } from '../source/index.ts';
import { type Document, type Documents, folderOf, type RemoteDocument } from './documents.ts';
import { Resources } from './resources.ts';

/** What a document was made of: what follows from it alone need not be made again while it is what it was. Plain data. */
export interface InputRecord {
  /** The files as they were read. */
  readonly read: ReadonlyMap<string, Document>;
  /** The folders whose names were asked for. */
  readonly listed: ReadonlyMap<string, readonly string[]>;
  /** The URLs that were asked for. */
  readonly asked: ReadonlyMap<string, RemoteDocument>;
  /** The names that were looked up among the entries. */
  readonly named: ReadonlyMap<string, Lookup>;
}

/** A name that was looked up among the entries, and where it led. */
interface Lookup {
  readonly uri: string;
  readonly from: string;
  readonly at: Location | undefined;
}

/** The files that a document is made of, as they are read. Keeps a record of all that was asked for. */
export class Inputs {
  readonly #documents: Documents;
  readonly #report: (fault: Diagnostic) => void;
  readonly #resources = new Resources();
  readonly #sources = new Map<string, Source>();
  readonly #read = new Map<string, Document>();
  readonly #listed = new Map<string, readonly string[]>();
  readonly #asked = new Map<string, RemoteDocument>();
  readonly #named = new Map<string, Lookup>();

  /** @param report takes the fault of a file that cannot be read or parsed, once */
  constructor(documents: Documents, report: (fault: Diagnostic) => void) {
    this.#documents = documents;
    this.#report = report;
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

  /** True when there is no such file; one that cannot be read or parsed is there. */
  isMissing(file: string): boolean {
    return this.#at(file).kind === 'missing';
  }

  /** The keys of a file that are numbers, booleans or null. */
  keysThatAreNoText(file: string): readonly Key[] {
    const document = this.#at(file);
    return document.kind === 'value' ? document.keysThatAreNoText : [];
  }

  /** Whether a document of AsyncAPI 2 is written from the client's side. */
  isFromClient(file: string): boolean {
    return this.#documents.isFromClient(file);
  }

  /** The text of a file that has been read. */
  source(file: string): Source | undefined {
    return this.#sources.get(file);
  }

  /** The texts of all files that have been read. */
  get sources(): Readonly<Record<string, Source>> {
    return Object.fromEntries(this.#sources);
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
    this.#asked.set(url, found);
    return found;
  }

  /** The names of the files that are known in a file's folder. */
  neighbours(file: string): string[] {
    const folder = folderOf(file);
    const names = this.#documents.namesIn(folder);
    this.#listed.set(folder, names);
    const read = [...this.#sources.keys()].filter((it) => folderOf(it) === folder);
    return [...new Set([...names, ...read.map((it) => it.slice(folder.length))])];
  }

  get record(): InputRecord {
    return { read: this.#read, listed: this.#listed, asked: this.#asked, named: this.#named };
  }

  #note(lookup: Lookup): void {
    this.#named.set(`${lookup.from} ${lookup.uri}`, lookup);
  }

  #at(file: string): Document {
    const known = this.#read.get(file);
    if (known) return known;
    const document = this.#documents.at(file);
    this.#read.set(file, document);
    if ('source' in document) this.#sources.set(file, document.source);
    this.#resources.add(this.#documents.resourcesIn(file));
    if ('fault' in document) this.#report(document.fault);
    return document;
  }
}

/** Whether asking for all of it again would give the same. */
export function isStillValid({ read, listed, asked, named }: InputRecord, documents: Documents): boolean {
  return (
    // Asked first: what was found at a URL is a file from then on.
    [...asked].every(([url, found]) => isEqual(found, documents.remote(url))) &&
    [...named.values()].every(({ uri, from, at }) => isEqual(at, documents.resources.find(uri, from))) &&
    [...read].every(([file, document]) => documents.at(file) === document) &&
    [...listed].every(([folder, names]) => isEqual(names, documents.namesIn(folder)))
  );
}

/** For data as small as these. */
function isEqual(a: object | undefined, b: object | undefined): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
