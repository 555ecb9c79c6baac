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
import { type JsonValue, parse, type Source } from '../source/index.ts';
import type { Reader } from './reader.ts';

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

  readonly #reader: Reader;
  readonly #documents = new Map<string, JsonValue | undefined>();

  constructor(reader: Reader) {
    this.#reader = reader;
  }

  /** The value of a file, undefined where there is no such file or it cannot be parsed; the latter has been reported. */
  document(file: string): JsonValue | undefined {
    if (!this.#documents.has(file)) this.#documents.set(file, this.#parse(file));
    return this.#documents.get(file);
  }

  /** True when the file exists, though it may be malformed. */
  exists(file: string): boolean {
    this.document(file);
    return this.sources.has(file);
  }

  report(diagnostic: Diagnostic): void {
    const { code, at, message } = diagnostic;
    this.diagnostics.set(`${code} ${place(at)} ${message}`, diagnostic);
  }

  #parse(file: string): JsonValue | undefined {
    const text = this.#read(file);
    if (text === undefined) return undefined;
    const source = { file, text };
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
      return this.#reader.read(file);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.report(diagnose('file/unreadable', { file, pointer: '' }, { file, reason }));
      return undefined;
    }
  }
}

/** A value and where it is written. */
export interface Written {
  readonly value: JsonValue;
  readonly at: Location;
}

function place({ file, pointer, offset }: Place): string {
  return `${file}#${pointer}${offset ?? ''}`;
}
