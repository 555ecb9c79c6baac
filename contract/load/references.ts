import type { Location } from '@chirograph/schema';
import type { Diagnostic, Place } from '../diagnostics/index.ts';
import type { Located } from './located.ts';

/**
 * What a `$ref` comes to. `broken` means that something on the way does not lead on and is reported where that stands:
 * a malformed file, or a reference within what is referred to.
 */
export type Resolution =
  /** `via` are the references between the first one and the definition, where there are any. */
  | { readonly kind: 'definition'; readonly written: Located; readonly via: readonly Located[] }
  | { readonly kind: 'remote' | 'outside' | 'unresolved' }
  /** `end` is the last reference of a chain; undefined where a file cannot be read, which is reported there. */
  | { readonly kind: 'broken'; readonly end?: Located }
  | { readonly kind: 'unfetched'; readonly reason: string }
  | { readonly kind: 'changed'; readonly locked: string; readonly found: string }
  /** `loop` is the same for all references that end in one circle. */
  | { readonly kind: 'circular'; readonly loop: string };

/** An unresolved reference. `at` is the text of its `$ref`. */
export interface LostReference {
  readonly ref: string;
  readonly at: Place;
  readonly suggestion: Suggestion | undefined;
}

/** What is missing where a reference is unresolved, and what was probably meant. */
export interface Suggestion {
  /** The first part that is missing: `types.yaml#/schemas/Adress`. */
  readonly missing: string;
  /** The reference with that part spelt as a neighbour of it, where there is one. */
  readonly ref?: string;
  /** What stands there instead, and what it is called; not where a file is missing. */
  readonly definition?: Location;
  readonly name?: string;
}

/** What came of the references of a document. Plain data. */
export interface ReferenceRecord {
  /** What each reference comes to, by its key (see resolve.ts), and the keys of those that were only suggested. */
  readonly resolutions: ReadonlyMap<string, Resolution>;
  readonly suggested: ReadonlySet<string>;
  /** The ids of the components that something refers to. */
  readonly used: ReadonlySet<string>;
  /** The unresolved references, by where they stand. */
  readonly unresolved: ReadonlyMap<string, LostReference>;
  /** The kinds of components (`file#/components/schemas`) that an unresolved reference was to lead into. */
  readonly lost: ReadonlySet<string>;
  /** Every place, by its id, where a reference stands for something that is not known. */
  readonly missing: ReadonlyMap<string, Location>;
  /** The circles of references that were met, each with what was reported of it. */
  readonly loops: ReadonlyMap<string, Diagnostic>;
}

/** A reference that leads to a reference, and so on, this many times is taken for a circle. */
const MAX_DEPTH = 500;

/** The references that have been followed so far, and what came of them. */
export class References {
  readonly #resolutions = new Map<string, Resolution>();
  readonly #suggested = new Set<string>();
  readonly #used = new Set<string>();
  readonly #unresolved = new Map<string, LostReference>();
  readonly #lost = new Set<string>();
  readonly #missing = new Map<string, Location>();
  readonly #loops = new Map<string, Diagnostic>();
  /** The keys of those that are being followed. */
  readonly #pending: string[] = [];

  /** What a reference comes to, worked out once. One that is met again before that is known has come full circle. */
  once(key: string, resolve: () => Resolution): Resolution {
    const known = this.#resolutions.get(key);
    if (known) return known;
    const start = this.#pending.indexOf(key);
    if (start >= 0) return { kind: 'circular', loop: this.#pending.slice(start).sort()[0]! };
    const isTooLong = this.#pending.length > MAX_DEPTH;
    this.#pending.push(key);
    const resolution: Resolution = isTooLong ? { kind: 'circular', loop: 'too long' } : resolve();
    this.#pending.pop();
    this.#resolutions.set(key, resolution);
    return resolution;
  }

  /** Takes a component for used. @param id its own, whatever in it is referred to */
  use(id: string): void {
    this.#used.add(id);
  }

  isUsed(id: string): boolean {
    return this.#used.has(id);
  }

  /** Keeps an unresolved reference; it is reported when all have been followed (lost-references.ts). */
  lose(reference: LostReference): void {
    this.#unresolved.set(`${reference.at.file}#${reference.at.pointer}`, reference);
  }

  /** A reference into a kind of components is unresolved. */
  loseInto(kind: string): void {
    this.#lost.add(kind);
  }

  hasLostInto(kind: string): boolean {
    return this.#lost.has(kind);
  }

  /** What a reference stands for is not known: nobody can tell what is below this place. */
  miss(at: Location): void {
    this.#missing.set(`${at.file}#${at.pointer}`, at);
  }

  get missing(): readonly Location[] {
    return [...this.#missing.values()];
  }

  get unresolved(): readonly LostReference[] {
    return [...this.#unresolved.values()];
  }

  /** A reference was followed only because it may be the one that was meant. */
  suggest(key: string): void {
    this.#suggested.add(key);
  }

  /** Whether a circle has been reported. */
  hasLoop(loop: string): boolean {
    return this.#loops.has(loop);
  }

  reportedLoop(loop: string, diagnostic: Diagnostic): void {
    this.#loops.set(loop, diagnostic);
  }

  get record(): ReferenceRecord {
    return {
      resolutions: this.#resolutions,
      suggested: this.#suggested,
      used: this.#used,
      unresolved: this.#unresolved,
      lost: this.#lost,
      missing: this.#missing,
      loops: this.#loops,
    };
  }

  /**
   * Adds what came of the references of another document; what they resolve to stays with it.
   * @returns what that document reported of circles that another one had reported before
   */
  merge({ used, unresolved, lost, missing, loops }: ReferenceRecord): ReadonlySet<Diagnostic> {
    for (const id of used) this.#used.add(id);
    for (const [at, reference] of unresolved) this.#unresolved.set(at, reference);
    for (const kind of lost) this.#lost.add(kind);
    for (const at of missing.values()) this.miss(at);
    const repeated = new Set<Diagnostic>();
    for (const [loop, diagnostic] of loops) {
      const first = this.#loops.get(loop) ?? diagnostic;
      this.#loops.set(loop, first);
      if (first !== diagnostic) repeated.add(diagnostic);
    }
    return repeated;
  }
}
