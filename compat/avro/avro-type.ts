/**
 * Avro: what one schema writes, another reads by Avro's own rules and no others (Apache Avro 1.11, "Schema Resolution").
 */
import { isObject, type JsonObject, type JsonValue } from '@chirograph/schema';

type Step = string | number;

/** The path from the root of the schema to where a type or a field is written. */
export type AvroPath = readonly Step[];

/** A schema whose names have been resolved: a type that contains itself is a circle of objects. */
export type AvroType =
  | {
      readonly kind: 'primitive';
      readonly path: AvroPath;
      readonly name: Primitive;
      readonly logical?: Logical;
    }
  | {
      readonly kind: 'record';
      readonly path: AvroPath;
      readonly name: AvroName;
      readonly fields: readonly AvroField[];
    }
  | {
      readonly kind: 'enum';
      readonly path: AvroPath;
      readonly name: AvroName;
      readonly symbols: readonly string[];
      /** What a reader takes a symbol for that it does not know. */
      readonly default?: string;
    }
  | {
      readonly kind: 'fixed';
      readonly path: AvroPath;
      readonly name: AvroName;
      readonly size: number;
      readonly logical?: Logical;
    }
  | { readonly kind: 'array'; readonly path: AvroPath; readonly items: AvroType }
  | { readonly kind: 'map'; readonly path: AvroPath; readonly values: AvroType }
  | { readonly kind: 'union'; readonly path: AvroPath; readonly branches: readonly AvroType[] };

export type AvroRecord = Extract<AvroType, { kind: 'record' }>;

/** A full name, and the other full names that a reader knows it by. */
export interface AvroName {
  readonly full: string;
  readonly aliases: readonly string[];
}

export interface AvroField {
  readonly path: AvroPath;
  readonly name: string;
  readonly aliases: readonly string[];
  readonly type: AvroType;
  /** Undefined where there is none: Avro's defaults are JSON, null among them. */
  readonly default: JsonValue | undefined;
}

const PRIMITIVES = ['null', 'boolean', 'int', 'long', 'float', 'double', 'bytes', 'string'] as const;

export type Primitive = (typeof PRIMITIVES)[number];

/** What the bytes of a type stand for; a decimal with its precision and scale. */
export interface Logical {
  readonly name: string;
  readonly precision?: number;
  readonly scale?: number;
}

/** A schema read, or why it is none. */
export type AvroReading =
  | { readonly kind: 'read'; readonly type: AvroType }
  | { readonly kind: 'invalid'; readonly reason: string };

/** Reads a schema: names get their namespaces, references their types. */
export function readAvro(json: JsonValue): AvroReading {
  try {
    return { kind: 'read', type: typeAt(new Map(), json, [], '') };
  } catch (error) {
    if (error instanceof InvalidAvroError) return { kind: 'invalid', reason: error.message };
    throw error;
  }
}

class InvalidAvroError extends Error {}

type Named = Map<string, AvroType>;

function typeAt(named: Named, json: JsonValue | undefined, path: AvroPath, namespace: string): AvroType {
  if (typeof json === 'string') return primitive(json, path) ?? referTo(named, json, namespace);
  if (Array.isArray(json)) {
    const branches = (json as readonly JsonValue[]).map((it, index) =>
      typeAt(named, it, [...path, index], namespace),
    );
    return { kind: 'union', path, branches };
  }
  if (!isObject(json)) throw new InvalidAvroError(`it has no type at ${placeText(path)}`);
  switch (json.type) {
    case 'record':
    case 'error':
      return recordAt(named, json, path, namespace);
    case 'enum': {
      const symbols = textsOf(json.symbols);
      const own = typeof json.default === 'string' ? { default: json.default } : {};
      return define(named, { kind: 'enum', path, name: nameOf(json, path, namespace), symbols, ...own });
    }
    case 'fixed': {
      const size = Number(json.size);
      const logical = logicalOf(json, size);
      const name = nameOf(json, path, namespace);
      return define(named, { kind: 'fixed', path, name, size, ...(logical && { logical }) });
    }
    case 'array':
      return { kind: 'array', path, items: typeAt(named, json.items, [...path, 'items'], namespace) };
    case 'map':
      return { kind: 'map', path, values: typeAt(named, json.values, [...path, 'values'], namespace) };
    default: {
      const type = typeAt(named, json.type, [...path, 'type'], namespace);
      const logical = logicalOf(json, undefined);
      return type.kind === 'primitive' ? { ...type, path, ...(logical && { logical }) } : type;
    }
  }
}

function primitive(text: string, path: AvroPath): AvroType | undefined {
  const name = PRIMITIVES.find((it) => it === text);
  return name && { kind: 'primitive', path, name };
}

function referTo(named: Named, text: string, namespace: string): AvroType {
  const type = named.get(fullName(text, namespace)) ?? named.get(text);
  if (type) return type;
  throw new InvalidAvroError(`it names a type \`${text}\` that it does not define before`);
}

function define<Type extends AvroType & { readonly name: AvroName }>(named: Named, type: Type): Type {
  named.set(type.name.full, type);
  return type;
}

/** Known by its name before its fields are read: they may refer to it. */
function recordAt(named: Named, json: JsonObject, path: AvroPath, namespace: string): AvroType {
  const name = nameOf(json, path, namespace);
  const fields: AvroField[] = [];
  const record: AvroType = define(named, { kind: 'record', path, name, fields });
  const list = Array.isArray(json.fields) ? (json.fields as readonly JsonValue[]) : [];
  for (const [index, field] of list.entries()) {
    if (!isObject(field) || typeof field.name !== 'string') continue;
    const own = [...path, 'fields', index];
    fields.push({
      path: own,
      name: field.name,
      aliases: textsOf(field.aliases),
      type: typeAt(named, field.type, [...own, 'type'], namespaceOf(name.full)),
      default: field.default,
    });
  }
  return record;
}

function nameOf({ name, namespace, aliases }: JsonObject, path: AvroPath, around: string): AvroName {
  if (typeof name !== 'string' || name === '')
    throw new InvalidAvroError(`a type has no name at ${placeText(path)}`);
  const full = fullName(name, typeof namespace === 'string' ? namespace : around);
  return { full, aliases: textsOf(aliases).map((it) => fullName(it, namespaceOf(full))) };
}

function fullName(name: string, namespace: string): string {
  return namespace === '' || name.includes('.') ? name : `${namespace}.${name}`;
}

function namespaceOf(full: string): string {
  return full.slice(0, Math.max(0, full.lastIndexOf('.')));
}

/** A name without its namespace: what types are matched by. */
export function shortName({ full }: AvroName): string {
  return full.slice(full.lastIndexOf('.') + 1);
}

/** One that is not valid is to be ignored ("Logical Types"): a decimal with more digits than there is room for. */
function logicalOf(
  { logicalType, precision, scale = 0 }: JsonObject,
  size: number | undefined,
): Logical | undefined {
  if (typeof logicalType !== 'string') return undefined;
  if (logicalType !== 'decimal') return { name: logicalType };
  const isWhole = (it: JsonValue | undefined): it is number => typeof it === 'number' && Number.isInteger(it);
  if (!isWhole(precision) || !isWhole(scale) || precision < 1 || scale < 0 || scale > precision)
    return undefined;
  if (size !== undefined && precision > Math.floor(Math.log10(2) * (8 * size - 1))) return undefined;
  return { name: logicalType, precision, scale };
}

function textsOf(value: JsonValue | undefined): string[] {
  return Array.isArray(value) ? value.filter((it) => typeof it === 'string') : [];
}

function placeText(path: AvroPath): string {
  return path.length === 0 ? 'its root' : path.join('/');
}

/** A type as people call it: `string`, `shop.Order`, `null or string`, `decimal(10, 2)`. */
export function typeText(type: AvroType): string {
  switch (type.kind) {
    case 'primitive':
      return logicalText(type.logical) ?? type.name;
    case 'union':
      return type.branches.map(typeText).join(' or ');
    case 'array':
      return `array of ${typeText(type.items)}`;
    case 'map':
      return `map of ${typeText(type.values)}`;
    case 'fixed':
      return logicalText(type.logical) ?? `${type.kind} ${type.name.full}`;
    default:
      return `${type.kind} ${type.name.full}`;
  }
}

/** `timestamp-millis`, `decimal(10, 2)`; undefined where a type stands for itself. */
export function logicalText(logical: Logical | undefined): string | undefined {
  if (!logical) return undefined;
  const { name, precision, scale } = logical;
  return precision === undefined ? name : `${name}(${precision}, ${scale})`;
}
