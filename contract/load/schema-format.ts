import type { Draft } from '@chirograph/schema';
import { suggest } from '../diagnostics/index.ts';
import type { Edition } from './editions.ts';

/** What can be done with the schemas of a `schemaFormat`. */
export type FormatReading =
  | { readonly kind: 'json-schema'; readonly draft: Edition }
  | { readonly kind: 'avro' }
  | { readonly kind: 'not-read'; readonly language: string };

const LANGUAGES: readonly (readonly [RegExp, string])[] = [
  [/protobuf|proto/, 'Protobuf'],
  [/raml/, 'RAML'],
  [/openapi/, 'OpenAPI'],
];

/** How the schemas of a format are read: AsyncAPI's own where nothing is said. */
export function readFormat(format: string | undefined): FormatReading {
  if (format === undefined || /^application\/vnd\.aai\.asyncapi([+;]|$)/.test(format)) {
    return { kind: 'json-schema', draft: 'draft-07' };
  }
  if (/^application\/schema[+;]/.test(format)) return { kind: 'json-schema', draft: draftOf(format) };
  if (/^application\/vnd\.apache\.avro[+;]|^application\/vnd\.apache\.avro$/.test(format))
    return { kind: 'avro' };
  const [, openApi] =
    /^application\/vnd\.oai\.openapi(?:\+json|\+yaml)?;version=(3\.[01])(?:\.\d+)?$/.exec(format) ?? [];
  if (openApi !== undefined)
    return { kind: 'json-schema', draft: openApi === '3.0' ? 'openapi-3.0' : '2020-12' };
  const [, language = format] = LANGUAGES.find(([pattern]) => pattern.test(format)) ?? [];
  return { kind: 'not-read', language };
}

/** The media types of the formats that the standard names ("Schema Formats Table"). */
const KNOWN = [
  ...['application/vnd.aai.asyncapi', 'application/vnd.oai.openapi', 'application/vnd.apache.avro'].flatMap(
    (it) => [it, `${it}+json`, `${it}+yaml`],
  ),
  'application/schema+json',
  'application/schema+yaml',
  'application/raml+yaml',
  'application/vnd.google.protobuf',
];

/** The format that a misspelt one was meant to be, with its parameters; undefined where it is like none. */
export function formatMeant(format: string): string | undefined {
  const [type = '', ...parameters] = format.split(';');
  if (KNOWN.includes(type)) return undefined;
  const meant = suggest(type, KNOWN);
  return meant === undefined ? undefined : [meant, ...parameters].join(';');
}

/** The dialect that a `$schema` was meant to name, undefined where it names one that validators know. */
export function dialectMeant($schema: string): string | undefined {
  if (/^http:\/\/json-schema\.org\/(draft-0[3-7]\/)?schema#?$/.test($schema)) return undefined;
  if (/^https:\/\/json-schema\.org\/draft\/(2019-09|2020-12)\/schema#?$/.test($schema)) return undefined;
  if (/2020|2019/.test($schema)) return `https://json-schema.org/draft/${draftOf($schema)}/schema`;
  const [, draft = '7'] = /draft-?0?([3-7])/.exec($schema) ?? [];
  return `http://json-schema.org/draft-0${draft}/schema#`;
}

/** The draft that a format or the `$schema` of a schema names; draft-07 where it names none of those that are read. */
export function draftOf(text: string): Draft {
  const named = /draft-?0?([46])(?!\d)|2019-09|2020-12/.exec(text);
  if (named?.[1] !== undefined) return named[1] === '4' ? 'draft-04' : 'draft-06';
  return (named?.[0] as '2019-09' | '2020-12' | undefined) ?? 'draft-07';
}
