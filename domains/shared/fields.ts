import type { SchemaError, Validator } from '@chirograph/runtime';

/** What a field of a stored event holds; with a question mark it may be left out. */
export type FieldKind = Kind | `${Kind}?`;

type Kind = 'string' | 'number' | 'boolean' | 'array' | 'object' | 'number or string';

/**
 * Checks the fields of an event that no contract describes, so that what code of another version has stored is met as an error, and not as `undefined`
 * somewhere in a decision. Fields beside them are let through.
 */
export function fields(kinds: Readonly<Record<string, FieldKind>>): Validator<never> {
  const rows = Object.entries(kinds);
  const check: Validator<never> = (event): event is never => {
    check.errors = rows.flatMap(([name, kind]) => departureOf(name, kind, (event as never)?.[name]));
    return check.errors.length === 0;
  };
  return check;
}

function departureOf(name: string, kind: FieldKind, value: unknown): readonly SchemaError[] {
  const type = kind.replace('?', '');
  if (value === undefined)
    return kind.endsWith('?')
      ? []
      : [{ instancePath: '', keyword: 'required', params: { missingProperty: name } }];
  const isKind = type.split(' or ').includes(Array.isArray(value) ? 'array' : typeof value) && value !== null;
  return isKind ? [] : [{ instancePath: `/${name}`, keyword: 'type', params: { type } }];
}
