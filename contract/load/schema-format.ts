import type { Dialect } from '../model/index.ts';

/** What can be done with the schemas of a `schemaFormat`. */
export type FormatReading =
  | { readonly kind: 'json-schema'; readonly dialect: Dialect }
  | { readonly kind: 'avro' }
  | { readonly kind: 'not-read'; readonly language: string };

const LANGUAGES: readonly (readonly [RegExp, string])[] = [
  [/protobuf|proto/, 'Protobuf'],
  [/raml/, 'RAML'],
  [/openapi/, 'OpenAPI'],
];

/** How the schemas of a format are read: AsyncAPI's own where nothing is said. */
export function readFormat(format: string | undefined): FormatReading {
  if (format === undefined || format.startsWith('application/vnd.aai.asyncapi')) {
    return { kind: 'json-schema', dialect: 'draft-07' };
  }
  if (/^application\/schema[+;]/.test(format)) return { kind: 'json-schema', dialect: dialectOf(format) };
  if (/^application\/vnd\.apache\.avro[+;]|^application\/vnd\.apache\.avro$/.test(format))
    return { kind: 'avro' };
  const [, language = format] = LANGUAGES.find(([pattern]) => pattern.test(format)) ?? [];
  return { kind: 'not-read', language };
}

/** The dialect that a format or the `$schema` of a schema names; draft-07 where it names none of those that are read. */
export function dialectOf(text: string): Dialect {
  if (text.includes('2020-12')) return '2020-12';
  return text.includes('2019-09') ? '2019-09' : 'draft-07';
}
