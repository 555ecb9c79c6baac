import { type Diagnostic, diagnose } from '../diagnostics/index.ts';
import { type JsonValue, type Key, parse, type Source } from '../source/index.ts';
import type { Reader } from './reader.ts';

/** A file as it was read and parsed. The same text gives the same object where a former reading is known. */
export type Document =
  | {
      readonly kind: 'value';
      readonly source: Source;
      readonly value: JsonValue;
      /** Those that are numbers, booleans or null. */
      readonly keysThatAreNoText: readonly Key[];
    }
  | { readonly kind: 'malformed'; readonly source: Source; readonly fault: Diagnostic }
  | { readonly kind: 'unreadable'; readonly fault: Diagnostic }
  | { readonly kind: 'missing' };

const MISSING: Document = { kind: 'missing' };

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
  #names: ReadonlyMap<string, readonly string[]> | undefined;

  /** @param former what an earlier run made of the files; empty, and this one will be of use to the next */
  constructor(reader: Reader, former?: ReadonlyMap<string, Reading>) {
    this.#reader = reader;
    this.#former = former;
  }

  at(file: string): Document {
    let reading = this.#known.get(file);
    if (!reading) {
      reading = this.#read(file);
      this.#known.set(file, reading);
    }
    return reading.document;
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

  #read(file: string): Reading {
    const former = this.#former?.get(file);
    const stamp = this.#former && this.#reader.stamp?.(file);
    if (former && stamp !== undefined && former.stamp === stamp) return former;
    return { document: this.#parse(file, former?.document), stamp };
  }

  #parse(file: string, former: Document | undefined): Document {
    try {
      const text = this.#reader.read(file)?.replace(/^\ufeff/, '');
      if (text === undefined) return MISSING;
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
    fault: diagnose('file/malformed', place, { reason: result.reason }),
  };
}
