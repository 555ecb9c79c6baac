import type { Type } from 'avsc';

/** A payload as `avsc` wants it: unions wrapped, bytes as buffers, absent fields by their defaults. Throws on what has no branch. */
export function toAvro(type: Type, value: unknown): unknown {
  const it = type as Typed;
  switch (it.typeName) {
    case 'bytes':
    case 'fixed':
      return typeof value === 'string' ? Buffer.from(value, 'latin1') : value;
    case 'array':
      return Array.isArray(value) ? value.map((item) => toAvro(it.itemsType, item)) : value;
    case 'map':
      return mapped(value, (item) => toAvro(it.valuesType, item));
    case 'record':
    case 'error':
      if (!isRecord(value)) return value;
      return Object.fromEntries(
        it.fields.map(({ name, type: field, defaultValue }) => {
          const own = Object.hasOwn(value, name) ? value[name] : undefined;
          return [name, own === undefined ? defaultValue() : toAvro(field, own)];
        }),
      );
    case 'union:wrapped':
      return value === null ? null : inBranch(it.types, value);
    default:
      return value;
  }
}

/** What `avsc` read, as a payload. */
export function fromAvro(type: Type, value: unknown): unknown {
  const it = type as Typed;
  switch (it.typeName) {
    case 'bytes':
    case 'fixed':
      return (value as Buffer).toString('latin1');
    case 'array':
      return (value as readonly unknown[]).map((item) => fromAvro(it.itemsType, item));
    case 'map':
      return mapped(value, (item) => fromAvro(it.valuesType, item));
    case 'record':
    case 'error':
      return Object.fromEntries(
        it.fields.map(({ name, type: field }) => [
          name,
          fromAvro(field, (value as Readonly<Record<string, unknown>>)[name]),
        ]),
      );
    case 'union:wrapped': {
      if (value === null) return null;
      const [[name, item] = []] = Object.entries(value as object);
      const branch = it.types.find(({ branchName }) => branchName === name);
      return branch === undefined ? item : fromAvro(branch, item);
    }
    default:
      return value;
  }
}

/** What `avsc` tells of its types, by their names. */
type Typed = Type & {
  readonly itemsType: Type;
  readonly valuesType: Type;
  readonly types: readonly Type[];
  readonly fields: readonly { readonly name: string; readonly type: Type; defaultValue(): unknown }[];
};

/** The first branch of a union that the value fits; of records those first that know all its fields. */
function inBranch(types: readonly Type[], value: unknown): unknown {
  const fitting = types.flatMap((type) => {
    const made = toAvro(type, value);
    return type.isValid(made) ? [{ type, made }] : [];
  });
  const found = fitting.find(({ type }) => knowsAll(type as Typed, value)) ?? fitting[0];
  if (found === undefined) {
    const names = types.map(({ branchName }) => branchName).join(', ');
    throw new TypeError(`a value fits none of the union's branches: ${names}`);
  }
  return { [String(found.type.branchName)]: found.made };
}

function knowsAll({ typeName, fields }: Typed, value: unknown): boolean {
  if (typeName !== 'record' || !isRecord(value)) return true;
  return Object.keys(value).every((key) => fields.some(({ name }) => name === key));
}

function mapped(value: unknown, change: (item: unknown) => unknown): unknown {
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, change(item)]));
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
