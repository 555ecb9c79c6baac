import type { JsonValue } from '@chirograph/schema';
import { code, meant, namesIn, quoted } from './code.ts';

/** What draft-07 has for keywords of later drafts. */
const EARLIER: Readonly<Record<string, string>> = {
  dependentRequired: 'dependencies',
  dependentSchemas: 'dependencies',
  prefixItems: 'items: [...]',
};

/** What may be wrong with schemas. */
export const SCHEMA_CODES = {
  'schema/unknown-keyword': code<{
    word: string;
    suggestion: string | undefined;
    fix: string | undefined;
    /** Examples are refused for it. */
    isBreaking: boolean;
  }>({
    severity: 'warning',
    title: 'Unknown keyword in a schema',
    message: ({ word, suggestion }) => `\`${word}\` is not a keyword of a schema${meant(suggestion)}`,
    note: ({ isBreaking }) =>
      isBreaking ? 'it is ignored, and then examples do not match' : 'it is ignored',
    fix: ({ fix }) => fix,
  }),
  'schema/keyword-without-effect': code<{
    keywords: readonly string[];
    about: string;
    /** Undefined where there is none. */
    type: string | undefined;
  }>({
    severity: 'warning',
    title: 'A keyword has nothing to do with the type',
    message: ({ keywords, about, type }) =>
      `${keywords.map((it) => `\`${it}\``).join(', ')} ${keywords.length === 1 ? 'applies' : 'apply'} to ${about} only, and ${type === undefined ? 'there is none here' : `the type is ${type}`}`,
    note: () => 'it has no effect',
    fix: ({ type, keywords }) =>
      type === undefined && keywords.includes('nullable')
        ? 'Write it beside the `type`, or allow null as one more alternative: `anyOf: [..., { enum: [null] }]`.'
        : 'Change the type, or remove it.',
  }),
  'schema/keyword-later': code<{ keyword: string; since: string; dialect: string }>({
    severity: 'warning',
    title: 'A keyword is of a later draft than its schema',
    message: ({ keyword, since, dialect }) =>
      `\`${keyword}\` is a keyword of JSON Schema ${since}, and this schema is read as ${dialect}`,
    note: () => 'it has no effect',
    fix: ({ keyword, since }) => {
      const earlier = EARLIER[keyword];
      const named = `name the draft: \`schemaFormat: application/schema+json;version=${since}\` for a payload, \`$schema\` in a file of its own.`;
      return earlier === undefined
        ? named.charAt(0).toUpperCase() + named.slice(1)
        : `Write \`${earlier}\`, or ${named}`;
    },
  }),
  'schema/choice-impossible': code<{ expected: string; found: string; fix?: string }>({
    severity: 'warning',
    title: 'A choice can never be taken',
    message: ({ expected }) => `this choice is never taken: the schema wants ${expected}`,
    note: ({ found }) => found,
    fix: ({ fix }) => fix,
  }),
  'schema/discriminator-optional': code<{ name: string }>({
    severity: 'warning',
    title: 'A discriminator may be missing',
    message: ({ name }) => `\`${name}\` tells the alternatives apart, and is not required`,
    fix: ({ name }) => `Add it to \`required\`: \`[${name}]\`.`,
  }),
  'schema/pattern-slashes': code<{ inner: string }>({
    severity: 'warning',
    title: 'A pattern has slashes around it',
    message: () => 'the slashes around this pattern are part of it: no text matches',
    fix: ({ inner }) => `Write '${inner}'.`,
  }),
  'schema/format-unknown': code<{ format: string; suggestion: string | undefined }>({
    severity: 'warning',
    title: 'Unknown format',
    message: ({ format, suggestion }) => `\`${format}\` is not a known format${meant(suggestion)}`,
    note: () => 'values are not checked',
  }),
  'schema/dialect-unknown': code<{ dialect: string; meant: string }>({
    severity: 'warning',
    title: 'A `$schema` names no dialect of JSON Schema',
    message: ({ dialect }) => `\`${dialect}\` is not a known dialect of JSON Schema`,
    fix: ({ meant }) => `Write \`${meant}\`, or leave it out.`,
  }),
  'schema/pattern-invalid': code<{ pattern: string; reason: string }>({
    severity: 'error',
    title: 'A pattern is not a regular expression',
    message: ({ pattern }) => `\`${pattern}\` is not a regular expression`,
    note: ({ reason }) => reason,
    fix: ({ pattern }) =>
      /\(\?[imsx]+\)/.test(pattern)
        ? 'JSON Schema takes the patterns of JavaScript, which have no inline flags: write `[Aa]` for `(?i)a`.'
        : 'JSON Schema takes the patterns of JavaScript (ECMA-262).',
  }),
  'schema/pattern-slow': code<{ pattern: string }>({
    severity: 'warning',
    title: 'A pattern may take exponential time',
    message: () => 'this pattern is vulnerable to catastrophic backtracking (ReDoS)',
    fix: () => 'Avoid nested or overlapping quantifiers: `^(a+)+$` is `^a+$`.',
  }),
  'schema/required-unknown': code<{ name: string; suggestion: string | undefined }>({
    severity: 'warning',
    title: 'A required key is not described',
    message: ({ name, suggestion }) => `\`${name}\` is required, but not described${meant(suggestion)}`,
  }),
  'schema/unsatisfiable': code<{ reason: string }>({
    severity: 'error',
    title: 'No value can meet a schema',
    message: ({ reason }) => `no value can meet this schema: ${reason}`,
  }),
  'schema/own-part': code<{ names: readonly string[] }>({
    severity: 'error',
    title: 'A schema is a part of itself',
    message: ({ names }) =>
      `this schema is a part of itself: ${names.join(' -> ')}; checking a value against it never ends`,
    fix: () =>
      'Move what the parts have in common into a schema without `oneOf`, and let both the parts and the whole refer to that.',
  }),
  'schema/lone-surrogate': code<{ name: string }>({
    severity: 'error',
    title: 'A property name is not Unicode text',
    message: ({ name }) =>
      `the property name ${quoted(JSON.stringify(name))} holds half of a surrogate pair: it cannot be encoded in UTF-8`,
    fix: () => 'Write the whole character, or leave the half out.',
  }),
  'schema/alternatives-overlap': code<{
    index: number;
    other: number;
    value: JsonValue;
    isDeclared: boolean;
  }>({
    severity: 'error',
    title: 'An alternative of `oneOf` is never chosen',
    message: ({ index, other, isDeclared }) =>
      `alternative ${index} of \`oneOf\` is never chosen: what matches it${isDeclared ? ', with described properties only,' : ''} matches alternative ${other} as well`,
    note: ({ value }) => `${quoted(JSON.stringify(value))} matches both, and \`oneOf\` allows exactly one`,
    fix: () =>
      'Write `anyOf`, or make the alternatives exclude one another, for example by a `const` in each.',
  }),
  'schema/closed-branch': code<{ names: readonly string[] }>({
    severity: 'warning',
    title: 'A closed schema refuses what the schemas beside it describe',
    message: ({ names }) =>
      `\`additionalProperties: false\` refuses ${namesIn(names)}, which other schemas of the same \`allOf\` describe`,
    note: () => 'it knows the properties beside it only',
    fix: () =>
      'Remove it: a closed schema cannot be extended. Close the whole with `unevaluatedProperties: false` (JSON Schema 2019-09 or later).',
  }),
  'schema/default-invalid': code<{ expected: string; found: string; fix?: string }>({
    severity: 'error',
    title: 'A default contradicts its schema',
    message: ({ expected }) => `the default must be ${expected}`,
    note: ({ found }) => found,
    fix: ({ fix }) => fix,
  }),
  'schema/example-invalid': code<{ expected: string; found: string; fix?: string }>({
    severity: 'error',
    title: 'An example in a schema contradicts it',
    message: ({ expected }) => `the example must be ${expected}`,
    note: ({ found }) => found,
    fix: ({ fix }) => fix,
  }),
  'schema/personal-data-unmarked': code<{ name: string }>({
    severity: 'warning',
    preset: 'strict',
    title: 'Data about a person is not marked',
    message: ({ name }) => `\`${name}\` looks like data about a person, and is not marked`,
    fix: () => 'Add `x-personal-data: true` (or `false`, where it is none).',
  }),
  'schema/not-read': code<{ format: string; language: string; suggestion: string | undefined }>({
    severity: 'info',
    title: 'The format of a schema is not supported',
    message: ({ language, format, suggestion }) => {
      if (suggestion) return `\`${format}\` is not a known schema format${meant(suggestion)}`;
      return language === format
        ? `schemas of the format \`${format}\` are not supported: this message is not checked further`
        : `${language} schemas are not supported: this message is not checked further`;
    },
    note: ({ suggestion }) => (suggestion ? 'the schema is not checked' : undefined),
  }),
} as const;
