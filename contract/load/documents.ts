import { isObject, type JsonValue, type Location } from '@chirograph/schema';
import { type Diagnostic, diagnose } from '../diagnostics/index.ts';
import { type Key, parse, regionAt, type Source } from '../source/index.ts';
import type { Reader, Remote } from './reader.ts';
import { type Resource, Resources, resourcesOf, withBases } from './resources.ts';
import { isRemote } from './uri.ts';

/** A file as it was read and parsed. The same text gives the same object where a former reading is known. */
export type Document =
  | {
      readonly kind: 'value';
      readonly source: Source;
      readonly value: JsonValue;
      /** Those that are numbers, booleans or null. */
      readonly keysThatAreNoText: readonly Key[];
    }
  | {
      readonly kind: 'malformed';
      readonly source: Source;
      readonly fault: Diagnostic;
      readonly reason: string;
    }
  | { readonly kind: 'unreadable'; readonly fault: Diagnostic }
  | { readonly kind: 'missing' };

const MISSING: Document = { kind: 'missing' };

/** What a URL comes to: the file that its document is here, or why there is none. Nothing is read where it is `refused`. */
export type RemoteDocument =
  | { readonly kind: 'document'; readonly file: string }
  | { readonly kind: 'refused' }
  | Exclude<Remote, { readonly kind: 'text' }>;

/** A document whose references are read from the `$id`s around them, and what each of those that were looked up is. */
export interface Based {
  readonly value: JsonValue;
  readonly named: ReadonlyMap<string, Location | undefined>;
}

/** What a run has made of a file, and the stamp that the file had before it was read. */
export interface Reading {
  readonly document: Document;
  readonly stamp: string | undefined;
}

/** The files of one run, each read and parsed once, and not again where it is what it was. */
export class Documents {
  readonly #reader: Reader;
  readonly #former: ReadonlyMap<string, Reading> | undefined;
  readonly #known = new Map<string, Reading>();
  readonly #remote = new Map<string, RemoteDocument>();
  readonly #texts = new Map<string, string>();
  readonly #based = new Map<string, Based | undefined>();
  #names: ReadonlyMap<string, readonly string[]> | undefined;

  /** The schemas of the entries that say by an `$id` what they are called. */
  readonly resources = new Resources();
  /** The URLs that were asked for and of which the reader knows nothing yet. */
  readonly wanted = new Set<string>();

  /** @param former what an earlier run made of the files; empty, and this one will be of use to the next */
  constructor(reader: Reader, former?: ReadonlyMap<string, Reading>) {
    this.#reader = reader;
    this.#former = former;
    for (const file of reader.entries) this.resources.add(this.resourcesIn(file));
  }

  at(file: string): Document {
    let reading = this.#known.get(file);
    if (!reading) {
      reading = this.#read(file);
      this.#known.set(file, reading);
    }
    return reading.document;
  }

  /** The schemas of a file that say by an `$id` what they are called. */
  resourcesIn(file: string): readonly Resource[] {
    const document = this.at(file);
    let known = namedIn.get(document);
    if (!known) {
      const mayHave = document.kind === 'value' && document.source.text.includes('$id');
      known = mayHave ? resourcesOf(document.value, file) : [];
      namedIn.set(document, known);
    }
    return known;
  }

  /** A document that has such schemas, with its references as they are read there; undefined for one that has none. */
  based(file: string): Based | undefined {
    if (!this.#based.has(file)) this.#based.set(file, this.#base(file));
    return this.#based.get(file);
  }

  remote(url: string): RemoteDocument {
    const known = this.#remote.get(url) ?? this.#open(url);
    this.#remote.set(url, known);
    if (known.kind === 'wanted') this.wanted.add(url);
    return known;
  }

  /** Whether a document of AsyncAPI 2 is written from the client's side. */
  isFromClient(file: string): boolean {
    return this.#reader.isFromClient?.(file) ?? false;
  }

  /** All that were asked for. */
  get all(): ReadonlyMap<string, Reading> {
    return this.#known;
  }

  /** The names of the entries in a folder, which ends with a slash or is empty. */
  namesIn(folder: string): readonly string[] {
    this.#names ??= new Map(
      [...Map.groupBy(this.#reader.entries, folderOf)].map(([it, files]) => [
        it,
        files.map((file) => file.slice(it.length)),
      ]),
    );
    return this.#names.get(folder) ?? [];
  }

  #base(file: string): Based | undefined {
    const own = this.resourcesIn(file);
    const document = this.at(file);
    if (own.length === 0 || document.kind !== 'value') return undefined;
    const inside = new Resources();
    inside.add(own);
    const named = new Map<string, Location | undefined>();
    const value = withBases(document.value, own, (uri) => {
      const at = this.resources.find(uri, file);
      named.set(uri, at);
      return inside.find(uri, file) ?? at;
    });
    return { value, named };
  }

  #open(url: string): RemoteDocument {
    const found = this.#reader.remote?.(url);
    if (found === undefined) return { kind: 'refused' };
    if (found.kind !== 'text') return found;
    this.#texts.set(found.url, found.text);
    const document = this.at(found.url);
    if (document.kind === 'malformed') {
      const { line, column } = regionAt(document.source, document.fault.at.offset ?? 0);
      const where = `line ${line}, column ${column}`;
      return { kind: 'failed', reason: `it is neither YAML nor JSON: ${document.reason} (${where})` };
    }
    if (document.kind !== 'value' || !isObject(document.value))
      return { kind: 'failed', reason: 'it holds no object of YAML or JSON' };
    return { kind: 'document', file: found.url };
  }

  #read(file: string): Reading {
    const former = this.#former?.get(file);
    const stamp = this.#former && this.#reader.stamp?.(file);
    if (former && stamp !== undefined && former.stamp === stamp) return former;
    return { document: this.#parse(file, former?.document), stamp };
  }

  #textOf(file: string): string | undefined {
    return isRemote(file) ? this.#texts.get(file) : this.#reader.read(file);
  }

  #parse(file: string, former: Document | undefined): Document {
    try {
      const text = this.#textOf(file)?.replace(/^\ufeff/, '');
      if (text === undefined) return former?.kind === 'missing' ? former : MISSING;
      return former && 'source' in former && former.source.text === text ? former : parsed({ file, text });
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      const fault = diagnose('file/unreadable', { file, pointer: '' }, { file, reason });
      return former?.kind === 'unreadable' && former.fault.message === fault.message
        ? former
        : { kind: 'unreadable', fault };
    }
  }
}

/** By document, so that what is not read again is not searched again. */
const namedIn = new WeakMap<Document, readonly Resource[]>();

/** The folder of a file, with the slash at its end. */
export function folderOf(file: string): string {
  return file.slice(0, file.lastIndexOf('/') + 1);
}

function parsed(source: Source): Document {
  const result = parse(source);
  if (result.kind === 'value') return { ...result, source };
  const place = { file: source.file, pointer: '', offset: result.offset };
  return {
    kind: 'malformed',
    source,
    reason: result.reason,
    fault: diagnose('file/malformed', place, { reason: result.reason }),
  };
}
