import type { Place } from '@chirograph/contract/diagnostics';
import { childPointer, type JsonValue, joinPointer, type Location, valueAt } from '@chirograph/schema';
import type { Change, Subject } from '../change.ts';
import { changeOf, type Particulars } from '../compare/changing.ts';
import type { ChangeCode } from '../rules/rules.ts';
import {
  type AvroField,
  type AvroPath,
  type AvroRecord,
  type AvroType,
  logicalText,
  shortName,
  typeText,
} from './avro-type.ts';
import { isPromoted, type Mismatch } from './resolve.ts';

/** What a payload, or headers, were and are, and where their schemas are written. */
export interface AvroSides {
  readonly part: 'payload' | 'headers';
  readonly subject: Subject;
  readonly base: AvroSide;
  readonly head: AvroSide;
}

/** A schema, as it is written at a place. */
interface AvroSide {
  readonly type: AvroType;
  readonly json: JsonValue;
  readonly at: Location;
}

/** What an Avro schema's change is said to be, without the part. */
type What = ChangeCode extends infer Code ? (Code extends `payload/${infer Rest}` ? Rest : never) : never;

/** Every fact in which two Avro schemas differ. Fields are matched by name, and by the aliases of the new ones. */
export function compareAvro(sides: AvroSides): Change[] {
  return new Comparison(sides).changes;
}

class Comparison {
  readonly changes: Change[] = [];
  readonly #sides: AvroSides;
  readonly #seen = new Map<AvroType, Set<AvroType>>();

  constructor(sides: AvroSides) {
    this.#sides = sides;
    this.#types(sides.base.type, sides.head.type, []);
  }

  #say(what: What, field: readonly string[], from: AvroPath, to: AvroPath, texts: Particulars = {}): void {
    const { part, subject, base, head } = this.#sides;
    const change = changeOf(`${part}/${what}`, subject, {
      ...texts,
      base: placeAt(base.at, from),
      head: placeAt(head.at, to),
    });
    const content = [writtenAt(base.json, from), writtenAt(head.json, to)];
    this.changes.push({ ...change, field, content });
  }

  #types(base: AvroType, head: AvroType, field: readonly string[]): void {
    const met = this.#seen.get(base) ?? new Set();
    this.#seen.set(base, met);
    if (met.has(head)) return;
    met.add(head);
    if (base.kind === 'union' || head.kind === 'union') {
      this.#unions(base, head, field);
      return;
    }
    const texts = { from: typeText(base), to: typeText(head) };
    if (base.kind === 'primitive' && head.kind === 'primitive' && base.name !== head.name) {
      const [up, down] = [isPromoted(base.name, head.name), isPromoted(head.name, base.name)];
      const what = up === down ? 'type-changed' : up ? 'type-widened' : 'type-narrowed';
      this.#say(what, field, base.path, head.path, texts);
    } else if (base.kind !== head.kind) this.#say('type-changed', field, base.path, head.path, texts);
    this.#logicals(base, head, field);
    if (isNamed(base) && isNamed(head) && base.kind === head.kind && base.name.full !== head.name.full) {
      const names = { from: base.name.full, to: head.name.full };
      this.#say('name-changed', field, [...base.path, 'name'], [...head.path, 'name'], names);
    }
    if (base.kind === 'record' && head.kind === 'record') this.#fields(base, head, field);
    else if (base.kind === 'enum' && head.kind === 'enum') this.#symbols(base, head, field);
    else if (base.kind === 'fixed' && head.kind === 'fixed' && base.size !== head.size) {
      const sizes = { from: String(base.size), to: String(head.size) };
      this.#say('size-changed', field, [...base.path, 'size'], [...head.path, 'size'], sizes);
    } else if (base.kind === 'array' && head.kind === 'array')
      this.#types(base.items, head.items, [...field, '[]']);
    else if (base.kind === 'map' && head.kind === 'map')
      this.#types(base.values, head.values, [...field, '*']);
  }

  #logicals(base: AvroType, head: AvroType, field: readonly string[]): void {
    const [from, to] = [base, head].map((it) => ('logical' in it ? logicalText(it.logical) : undefined));
    const isOneType =
      base.kind === head.kind &&
      !('name' in base && 'name' in head && base.kind === 'primitive' && base.name !== head.name);
    if (from === to || !isOneType) return;
    const texts = { from: from ?? typeText(base), to: to ?? typeText(head) };
    this.#say('logical-type-changed', field, base.path, head.path, texts);
  }

  #unions(base: AvroType, head: AvroType, field: readonly string[]): void {
    const [before, after] = [branchesOf(base), branchesOf(head)];
    const gained = [...after.keys()].filter((it) => !before.has(it));
    const lost = [...before.keys()].filter((it) => !after.has(it));
    if (gained.length > 0 || lost.length > 0) {
      const what =
        lost.length === 0
          ? gained.join() === 'null'
            ? 'null-allowed'
            : 'type-widened'
          : gained.length > 0
            ? 'type-changed'
            : lost.join() === 'null'
              ? 'null-refused'
              : 'type-narrowed';
      this.#say(what, field, base.path, head.path, { from: typeText(base), to: typeText(head) });
    }
    const shared = [...before.keys()].filter((it) => after.has(it));
    const isOnly = shared.filter((it) => it !== 'null').length === 1;
    for (const key of shared) {
      this.#types(before.get(key)!, after.get(key)!, isOnly ? field : [...field, `(${key})`]);
    }
  }

  #symbols(
    base: Extract<AvroType, { kind: 'enum' }>,
    head: Extract<AvroType, { kind: 'enum' }>,
    field: readonly string[],
  ): void {
    const gained = head.symbols.filter((it) => !base.symbols.includes(it));
    const lost = base.symbols.filter((it) => !head.symbols.includes(it));
    const [from, to] = [
      [...base.path, 'symbols'],
      [...head.path, 'symbols'],
    ] as const;
    if (gained.length > 0) this.#say('enum-value-added', field, from, to, { to: gained.join(' or ') });
    if (lost.length > 0) this.#say('enum-value-removed', field, from, to, { from: lost.join(' or ') });
    this.#defaults(base, head, field);
  }

  #defaults(
    base: { readonly path: AvroPath; readonly default?: JsonValue | undefined },
    head: { readonly path: AvroPath; readonly default?: JsonValue | undefined },
    field: readonly string[],
  ): void {
    const text = (value: JsonValue | undefined) => (value === undefined ? 'nothing' : JSON.stringify(value));
    const [from, to] = [text(base.default), text(head.default)];
    if (from !== to) this.#say('default-changed', field, base.path, head.path, { from, to });
  }

  #fields(base: AvroRecord, head: AvroRecord, field: readonly string[]): void {
    const former = partnersOf(base, head);
    const partners = new Set(former.values());
    for (const to of head.fields) {
      const from = former.get(to);
      if (!from) {
        const what = to.default === undefined ? 'required-property-added' : 'property-added';
        this.#say(what, [...field, to.name], base.path, to.path);
        continue;
      }
      if (from.name !== to.name)
        this.#say('property-renamed', [...field, from.name], from.path, to.path, { to: to.name });
      this.#defaults(from, to, [...field, to.name]);
      this.#types(from.type, to.type, [...field, to.name]);
    }
    for (const from of base.fields.filter((it) => !partners.has(it))) {
      const what = from.default === undefined ? 'required-property-removed' : 'property-removed';
      this.#say(what, [...field, from.name], from.path, head.path);
    }
  }
}

/** The field that each field of the head was: of its name, else of one of its aliases. */
function partnersOf(base: AvroRecord, head: AvroRecord): ReadonlyMap<AvroField, AvroField> {
  const names = new Set(head.fields.map(({ name }) => name));
  const found = new Map<AvroField, AvroField>();
  for (const field of head.fields) {
    const own =
      base.fields.find(({ name }) => name === field.name) ??
      base.fields.find(({ name }) => field.aliases.includes(name) && !names.has(name));
    if (own) found.set(field, own);
  }
  return found;
}

/** The branches of a union by what tells them apart; a type that is no union is one branch. */
function branchesOf(type: AvroType): ReadonlyMap<string, AvroType> {
  const branches = type.kind === 'union' ? type.branches : [type];
  return new Map(
    branches.map((it) => [
      isNamed(it) ? shortName(it.name) : it.kind === 'primitive' ? it.name : it.kind,
      it,
    ]),
  );
}

function isNamed(type: AvroType): type is Extract<AvroType, { kind: 'record' | 'enum' | 'fixed' }> {
  return type.kind === 'record' || type.kind === 'enum' || type.kind === 'fixed';
}

/** What is written at a path, without the words for people. */
function writtenAt(json: JsonValue, path: AvroPath): string {
  const value = valueAt(json, joinPointer(path.map(String)));
  return JSON.stringify(value, (key, it) => (key === 'doc' ? undefined : it)) ?? '';
}

function placeAt({ file, pointer }: Location, path: AvroPath): Place {
  return { file, pointer: childPointer(pointer, ...path) };
}

const CODES: Readonly<Record<Mismatch['kind'], RegExp>> = {
  field: /\/(required-)?property-/,
  name: /\/name-changed$/,
  size: /\/size-changed$/,
  symbol: /\/enum-value-/,
  logical: /\/logical-type-changed$/,
  type: /\/(type|null)-/,
};

/** The change that a mismatch comes from: of its field and kind, else the nearest around it. */
export function causeOf({ kind, field, symbol }: Mismatch, changes: readonly Change[]): Change | undefined {
  const own = changes.filter((it) => samePath(it.field, field));
  const ofKind = own.filter(({ code }) => CODES[kind].test(code));
  const named =
    symbol === undefined ? [] : ofKind.filter((it) => `${it.from} ${it.to}`.split(/ or | /).includes(symbol));
  const around = changes
    .filter((it) => samePath(it.field, field.slice(0, it.field.length)))
    .toSorted((a, b) => b.field.length - a.field.length);
  return named[0] ?? ofKind[0] ?? own[0] ?? around[0];
}

/** Whether two paths lead to one field; which branch of a union it is in makes no difference. */
function samePath(one: readonly string[], other: readonly string[]): boolean {
  const plain = (path: readonly string[]) => path.filter((it) => !it.startsWith('(')).join('/');
  return plain(one) === plain(other);
}
