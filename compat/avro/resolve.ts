import type { JsonValue } from '@chirograph/schema';
import type { Refusal } from '../judge/refusal.ts';
import {
  type AvroField,
  type AvroName,
  type AvroRecord,
  type AvroType,
  logicalText,
  type Primitive,
  shortName,
  typeText,
} from './avro-type.ts';

/** A place at which a reader cannot take in what a writer may write. */
export interface Mismatch {
  readonly kind: 'field' | 'name' | 'size' | 'symbol' | 'logical' | 'type';
  /** The field, by the names that the reader has. */
  readonly field: readonly string[];
  /** Of an enum: the symbol. */
  readonly symbol?: string;
  /** A value of the writer's schema that shows it, as JSON; a value of a union stands for itself. */
  readonly value: JsonValue;
  /** Where in the value, and why. */
  readonly refusal: Refusal;
}

/**
 * Whether a reader can take in all that a writer writes, by "Schema Resolution" of Avro 1.11: every mismatch, each with a
 * value of the writer that shows it; none means it can.
 */
export function mismatchesOf(writer: AvroType, reader: AvroType): Mismatch[] {
  return resolve(writer, reader, new Map());
}

/** The pairs that have been looked at: what is found in one is told once, and a circle holds if nothing else breaks it. */
type Seen = Map<AvroType, Set<AvroType>>;

function resolve(writer: AvroType, reader: AvroType, seen: Seen): Mismatch[] {
  const met = seen.get(writer) ?? new Set();
  seen.set(writer, met);
  if (met.has(reader)) return [];
  met.add(reader);
  if (writer.kind === 'union') {
    // Any of its branches may have been written.
    return writer.branches.flatMap((it) => resolve(it, reader, seen));
  }
  if (reader.kind === 'union') {
    const branch = branchFor(writer, reader.branches);
    if (branch) return resolve(writer, branch, seen);
    return [fault('type', writer, `${typeText(writer)} is none of ${typeText(reader)}`)];
  }
  if (writer.kind === 'record' && reader.kind === 'record') {
    const misnamed = namesDiffer(writer, reader);
    return misnamed ? [misnamed] : fieldsOf(writer, reader, seen);
  }
  if (writer.kind === 'enum' && reader.kind === 'enum') {
    const misnamed = namesDiffer(writer, reader);
    if (misnamed) return [misnamed];
    if (reader.default !== undefined) return [];
    return writer.symbols
      .filter((it) => !reader.symbols.includes(it))
      .map((symbol) => ({
        ...fault('symbol', writer, `${symbol} is no symbol of ${reader.name.full}, and it has no default`),
        value: symbol,
        symbol,
      }));
  }
  if (writer.kind === 'fixed' && reader.kind === 'fixed') {
    const misnamed = namesDiffer(writer, reader);
    if (misnamed) return [misnamed];
    if (writer.size !== reader.size)
      return [fault('size', writer, `it has ${writer.size} bytes where ${reader.size} are expected`)];
    return decimalsDiffer(writer, reader);
  }
  if (writer.kind === 'array' && reader.kind === 'array') {
    return resolve(writer.items, reader.items, seen).map((it) =>
      within(it, ['[]'], ['0'], (value) => [value]),
    );
  }
  if (writer.kind === 'map' && reader.kind === 'map') {
    return resolve(writer.values, reader.values, seen).map((it) =>
      within(it, ['*'], ['key'], (value) => ({ key: value })),
    );
  }
  if (writer.kind === 'primitive' && reader.kind === 'primitive' && isPromoted(writer.name, reader.name))
    return decimalsDiffer(writer, reader);
  return [fault('type', writer, `${typeText(writer)} is not read as ${typeText(reader)}`)];
}

/** The branch of a reader that is taken: the one of the same full name, else the first that matches. */
function branchFor(writer: AvroType, branches: readonly AvroType[]): AvroType | undefined {
  const isNamesake = (it: AvroType) =>
    'name' in it && 'name' in writer && typeof it.name === 'object' && typeof writer.name === 'object'
      ? it.kind === writer.kind && it.name.full === writer.name.full
      : false;
  return branches.find(isNamesake) ?? branches.find((it) => matches(writer, it));
}

/** "To match, one of the following must hold". */
function matches(writer: AvroType, reader: AvroType): boolean {
  if (writer.kind === 'primitive' && reader.kind === 'primitive') return isPromoted(writer.name, reader.name);
  // A union has one array and one map at most: whether the parts match is told of them.
  if (writer.kind === 'array' || writer.kind === 'map') return writer.kind === reader.kind;
  if (writer.kind === 'fixed' && reader.kind === 'fixed')
    return writer.size === reader.size && isKnownAs(writer.name, reader.name);
  if (writer.kind === 'record' && reader.kind === 'record') return isKnownAs(writer.name, reader.name);
  if (writer.kind === 'enum' && reader.kind === 'enum') return isKnownAs(writer.name, reader.name);
  return false;
}

function isKnownAs(writer: AvroName, reader: AvroName): boolean {
  return shortName(writer) === shortName(reader) || reader.aliases.includes(writer.full);
}

/** What a reader may take a primitive for. */
const PROMOTIONS: Readonly<Partial<Record<Primitive, readonly Primitive[]>>> = {
  int: ['long', 'float', 'double'],
  long: ['float', 'double'],
  float: ['double'],
  string: ['bytes'],
  bytes: ['string'],
};

/** Whether a reader of one primitive takes in another. */
export function isPromoted(writer: Primitive, reader: Primitive): boolean {
  return writer === reader || (PROMOTIONS[writer]?.includes(reader) ?? false);
}

type Named = Extract<AvroType, { readonly name: AvroName }>;

function namesDiffer(writer: Named, reader: Named): Mismatch | undefined {
  if (isKnownAs(writer.name, reader.name)) return undefined;
  return fault('name', writer, `the ${writer.kind} ${writer.name.full} is not read as ${reader.name.full}`);
}

/** Two decimals match if their scales and precisions do. */
function decimalsDiffer(
  writer: Extract<AvroType, { readonly logical?: unknown }>,
  reader: Extract<AvroType, { readonly logical?: unknown }>,
): Mismatch[] {
  const [one, other] = [writer.logical, reader.logical];
  if (one?.name !== 'decimal' || other?.name !== 'decimal') return [];
  if (one.precision === other.precision && one.scale === other.scale) return [];
  return [fault('logical', writer, `${logicalText(one)} is not read as ${logicalText(other)}`)];
}

function fieldsOf(writer: AvroRecord, reader: AvroRecord, seen: Seen): Mismatch[] {
  return reader.fields.flatMap((field): Mismatch[] => {
    const own = writtenAs(writer, field);
    if (own) {
      return resolve(own.type, field.type, seen).map((it) =>
        within(it, [field.name], [own.name], (value) => ({ ...sampleRecord(writer), [own.name]: value })),
      );
    }
    if (field.default !== undefined) return [];
    const message = `${field.name} is not written, and its reader has no default for it`;
    return [
      {
        kind: 'field',
        field: [field.name],
        value: sampleRecord(writer),
        refusal: { path: [], keyword: 'required', property: field.name, message },
      },
    ];
  });
}

/** The field of a writer that a reader takes for its own: by its name, else by one of its aliases. */
function writtenAs({ fields }: AvroRecord, { name, aliases }: AvroField): AvroField | undefined {
  return fields.find((it) => it.name === name) ?? fields.find((it) => aliases.includes(it.name));
}

function fault(kind: Mismatch['kind'], writer: AvroType, message: string): Mismatch {
  return { kind, field: [], value: sample(writer), refusal: { path: [], keyword: 'avro', message } };
}

/** A mismatch of a part, as one of the whole. */
function within(
  mismatch: Mismatch,
  field: readonly string[],
  path: readonly string[],
  around: (value: JsonValue) => JsonValue,
): Mismatch {
  const { refusal } = mismatch;
  return {
    ...mismatch,
    field: [...field, ...mismatch.field],
    value: around(mismatch.value),
    refusal: { ...refusal, path: [...path, ...refusal.path] },
  };
}

const SAMPLES: Readonly<Record<Primitive, JsonValue>> = {
  null: null,
  boolean: false,
  int: 1,
  long: 1,
  float: 0.5,
  double: 0.1,
  bytes: '',
  string: '',
};

/** A plain value of a schema, as JSON. Of a record that needs itself there is none; it is cut short. */
function sample(type: AvroType, open: ReadonlySet<AvroType> = new Set()): JsonValue {
  if (open.has(type)) return null;
  const inner = new Set([...open, type]);
  switch (type.kind) {
    case 'primitive':
      return SAMPLES[type.name];
    case 'record':
      return Object.fromEntries(type.fields.map((it) => [it.name, sample(it.type, inner)]));
    case 'enum':
      return type.symbols[0] ?? '';
    case 'fixed':
      return '0'.repeat(Math.min(type.size, 64));
    case 'array':
      return [];
    case 'map':
      return {};
    case 'union':
      return sample(type.branches.find((it) => !inner.has(it)) ?? type, inner);
  }
}

function sampleRecord(record: AvroRecord): Readonly<Record<string, JsonValue>> {
  return sample(record) as Readonly<Record<string, JsonValue>>;
}
