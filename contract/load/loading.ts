import { type Diagnostic, diagnose, type Place } from '../diagnostics/index.ts';
import type {
  Channel,
  Domain,
  Flow,
  Location,
  Message,
  NodeId,
  Operation,
  Schema,
  Service,
} from '../model/index.ts';
import { isObject, type JsonValue, parse, regionAt, type Source } from '../source/index.ts';
import type { Reader, Remote } from './reader.ts';
import { type Resource, Resources, resourcesOf, withBases } from './resources.ts';

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
  /** What references come to, and which circles of them have been reported (see resolve.ts). */
  readonly resolutions = new Map<string, Resolution>();
  readonly loops = new Set<string>();
  /** How many references are being followed, each because of the one before. */
  depth = 0;
  /** The ids of the components that something refers to. */
  readonly used = new Set<string>();
  /** The values whose references have been followed. */
  readonly walked = new WeakSet<object>();

  /** The URLs that references lead to and of which nothing is known yet. */
  readonly wanted = new Set<string>();
  /** The schemas that say what they are called. */
  readonly resources = new Resources();

  readonly #reader: Reader;
  readonly #jobs: (() => void)[] = [];
  readonly #remote = new Map<string, RemoteDocument>();
  readonly #missing = new Set<string>();
  readonly #opened = new Map<string, JsonValue | undefined>();
  readonly #documents = new Map<string, JsonValue | undefined>();
  readonly #own = new Map<string, readonly Resource[]>();

  constructor(reader: Reader) {
    this.#reader = reader;
  }

  /** The value of a file, undefined where there is no such file or it cannot be parsed; the latter has been reported. */
  document(file: string): JsonValue | undefined {
    if (!this.#documents.has(file)) this.#documents.set(file, this.#based(file));
    return this.#documents.get(file);
  }

  /** Reads a file, so that the schemas in it are known by their `$id`s when references of others are followed. */
  open(file: string): void {
    if (this.#opened.has(file)) return;
    this.#take(file, this.#parse(file));
  }

  /**
   * The document at a URL: the name that it has here, which is that of the place where it was found, or why there is none.
   */
  remote(url: string): RemoteDocument {
    const known = this.#remote.get(url) ?? this.#openRemote(url);
    this.#remote.set(url, known);
    return known;
  }

  /** True when there is no such file; one that cannot be read or parsed is there. */
  isMissing(file: string): boolean {
    this.document(file);
    return this.#missing.has(file);
  }

  /** The names of the files that are known in a file's folder. */
  neighbours(file: string): string[] {
    const folder = file.slice(0, file.lastIndexOf('/') + 1);
    const known = new Set([...this.#reader.entries, ...this.sources.keys()]);
    return [...known]
      .filter((it) => it.startsWith(folder) && !it.slice(folder.length).includes('/'))
      .map((it) => it.slice(folder.length));
  }

  /** Does something now, or when what is being done is done: no chain of references is too long for the stack so. */
  soon(job: () => void): void {
    this.#jobs.push(job);
    if (this.#jobs.length > 1) return;
    for (const next of this.#jobs) next();
    this.#jobs.length = 0;
  }

  report(diagnostic: Diagnostic): void {
    const { code, at, message } = diagnostic;
    this.diagnostics.set(`${code} ${place(at)} ${message}`, diagnostic);
  }

  #openRemote(url: string): RemoteDocument {
    const found = this.#reader.remote?.(url);
    if (found === undefined) return { kind: 'refused' };
    if (found.kind === 'wanted') this.wanted.add(url);
    if (found.kind !== 'text') return found;
    const source = { file: found.url, text: found.text.replace(/^\ufeff/, '') };
    const parsed = parse(source);
    if (parsed.kind === 'malformed') {
      const { line, column } = regionAt(source, parsed.offset);
      const reason = `it is neither YAML nor JSON: ${parsed.reason} (line ${line}, column ${column})`;
      return { kind: 'failed', reason };
    }
    if (!isObject(parsed.value)) return { kind: 'failed', reason: 'it holds no object of YAML or JSON' };
    this.sources.set(source.file, source);
    this.#take(source.file, parsed.value);
    return { kind: 'document', file: source.file };
  }

  #take(file: string, value: JsonValue | undefined): void {
    this.#opened.set(file, value);
    if (value === undefined || !this.sources.get(file)?.text.includes('$id')) return;
    const own = resourcesOf(value, file);
    this.#own.set(file, own);
    this.resources.add(own);
  }

  #based(file: string): JsonValue | undefined {
    this.open(file);
    const value = this.#opened.get(file);
    const own = this.#own.get(file) ?? [];
    if (value === undefined || own.length === 0) return value;
    return withBases(value, own, (uri) => this.resources.find(uri, file));
  }

  #parse(file: string): JsonValue | undefined {
    const text = this.#read(file);
    if (text === undefined) return undefined;
    const source = { file, text: text.replace(/^\ufeff/, '') };
    this.sources.set(file, source);
    const parsed = parse(source);
    if (parsed.kind === 'value') return parsed.value;
    this.report(
      diagnose('file/malformed', { file, pointer: '', offset: parsed.offset }, { reason: parsed.reason }),
    );
    return undefined;
  }

  #read(file: string): string | undefined {
    try {
      const text = this.#reader.read(file);
      if (text === undefined) this.#missing.add(file);
      return text;
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.report(diagnose('file/unreadable', { file, pointer: '' }, { file, reason }));
      return undefined;
    }
  }
}

/** What a URL comes to; `refused` where nothing on the network is read. */
export type RemoteDocument =
  | { readonly kind: 'document'; readonly file: string }
  | { readonly kind: 'refused' }
  | Exclude<Remote, { readonly kind: 'text' }>;

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
