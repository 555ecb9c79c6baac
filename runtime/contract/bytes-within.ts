import type { SchemaError, Validator } from './validator.ts';

/**
 * Guards bytes of a length between the two. In errors the length stands in the words of JSON Schema: `minLength`, `maxLength`.
 */
export function bytesWithin(min = 0, max = Number.POSITIVE_INFINITY): Validator<Uint8Array> {
  const isBytes: Validator<Uint8Array> = (value): value is Uint8Array => {
    const errors = faultsOf(value, min, max);
    isBytes.errors = errors.length === 0 ? null : errors;
    return errors.length === 0;
  };
  return isBytes;
}

function faultsOf(value: unknown, min: number, max: number): SchemaError[] {
  const fault = (keyword: string, params: SchemaError['params']) => [{ instancePath: '', keyword, params }];
  if (!(value instanceof Uint8Array)) return fault('type', { type: 'Uint8Array' });
  if (value.length < min) return fault('minLength', { limit: min, of: 'byte' });
  return value.length > max ? fault('maxLength', { limit: max, of: 'byte' }) : [];
}
