import formats from 'ajv-formats/dist/formats.js';

type Definition = (typeof formats.fullFormats)[keyof typeof formats.fullFormats];

/** The formats that JSON Schema, OpenAPI and AsyncAPI name, as ajv-formats checks them. */
const FORMATS: Readonly<Record<string, Definition>> = formats.fullFormats;

/** Formats that the standards name and nobody checks: they hold for every value. */
const UNCHECKED = [
  'idn-email',
  'idn-hostname',
  'iri',
  'iri-reference',
  'float',
  'double',
  'password',
  'binary',
];

/** The names that mean something. */
export const KNOWN_FORMATS: readonly string[] = [...new Set([...Object.keys(FORMATS), ...UNCHECKED])];

/** True when a value is of a format, when the format says nothing of values of this type, or is not known. */
export function matchesFormat(format: string, value: string | number): boolean {
  const definition = Object.hasOwn(FORMATS, format) ? FORMATS[format] : undefined;
  if (definition === undefined || typeof definition === 'boolean' || typeof definition === 'string')
    return true;
  if (definition instanceof RegExp) return typeof value !== 'string' || definition.test(value);
  if (typeof definition === 'function') return typeof value !== 'string' || definition(value);
  if (definition.async || typeof value !== (definition.type ?? 'string')) return true;
  const { validate } = definition;
  if (validate instanceof RegExp) return validate.test(String(value));
  return typeof validate !== 'function' || (validate as (it: string | number) => boolean)(value);
}
