import type { JsonValue } from '@chirograph/schema';
import { code, meant, quoted } from './code.ts';

/** What the YAML parser says, for people. */
const REASONS: Readonly<Record<string, string>> = {
  'duplicated mapping key': 'this key is here twice',
  'tab characters must not be used in indentation': 'a tab is used where YAML wants spaces',
};

const FIXES: readonly (readonly [RegExp, string])[] = [
  [/^duplicated mapping key$/, 'Remove one of them: parsers do not agree on which one counts.'],
  [/^tab characters must not/, 'Indent with spaces.'],
  [/^a `: ` within a string|^a string cannot begin|refers to an anchor/, 'Put the string in quotes.'],
  [/^this key is indented deeper|^this line is indented/, 'Indent it as the keys beside it.'],
  [/^the file holds more than one/, 'Write one file for each, without `---` between them.'],
  [/^it has a merge conflict/, 'Keep one of the two sides and remove the marks.'],
  [/begins a template/, 'Put it in quotes, or render the template first and validate the result.'],
  [/used as a key$/, 'A key is a string: put it in quotes.'],
  [/^a list cannot begin/, 'Begin it on the next line, or write `[a, b]`.'],
  [/^text follows the quote/, "Inside a single-quoted string, write '' for a quote."],
  [/no `key: value`$/, 'Give it a `:` and a value, or indent it as part of the value above.'],
];

/** What may be wrong with files, with the shape of documents, and with references. */
export const DOCUMENT_CODES = {
  'file/unreadable': code<{ file: string; reason: string }>({
    severity: 'error',
    title: 'A file cannot be read',
    message: ({ file, reason }) => `cannot read ${file}: ${reason}`,
    fix: ({ reason }) =>
      reason === 'permission denied' ? 'Give yourself the right to read it, or leave it out.' : undefined,
  }),
  'file/malformed': code<{ reason: string }>({
    severity: 'error',
    title: 'A file is neither YAML nor JSON',
    message: ({ reason }) => `the file cannot be parsed: ${REASONS[reason] ?? reason}`,
    fix: ({ reason }) => FIXES.find(([pattern]) => pattern.test(reason))?.[1],
  }),
  'document/not-asyncapi': code<{
    file: string;
    found: string;
    key: string | undefined;
    within: string | undefined;
  }>({
    severity: 'error',
    title: 'A file is no AsyncAPI document',
    message: ({ file, key, within }) => {
      if (key !== undefined)
        return `\`${key}\` does not make an AsyncAPI document; did you mean \`asyncapi\`?`;
      if (within !== undefined)
        return `an AsyncAPI document stands under \`${within}\`: the file itself is not one`;
      return `${file} is not an AsyncAPI document`;
    },
    note: ({ found, key, within }) => ((key ?? within) === undefined ? found : undefined),
    fix: ({ key, within }) => {
      if (key !== undefined) return undefined;
      return within === undefined
        ? 'An AsyncAPI document begins with `asyncapi: 3.1.0`.'
        : `Remove \`${within}\`, and move what stands under it one level up.`;
    },
  }),
  'document/unsupported-version': code<{ version: string; meant: string | undefined; read: string }>({
    severity: 'error',
    title: 'The version of AsyncAPI is not read',
    message: ({ version, meant }) =>
      `AsyncAPI ${version} is not read${meant ? `; did you mean \`${meant}\`?` : ''}`,
    fix: ({ meant, read }) => (meant ? undefined : `Chirograph reads ${read}.`),
  }),
  'document/domain-shared': code<{ folder: string; other: string; domain: string; otherDomain: string }>({
    severity: 'warning',
    title: 'Two folders are one domain',
    message: ({ folder, other, domain, otherDomain }) =>
      domain === otherDomain
        ? `\`${folder}\` and \`${other}\` are both the domain \`${domain}\``
        : `\`${folder}\` and \`${other}\` are domains whose names differ by capital letters alone`,
    note: ({ domain, otherDomain }) =>
      domain === otherDomain
        ? 'a domain is called after its folder: their messages become one folder of generated code'
        : 'on disks that do not tell capital letters apart, one overwrites the code of the other',
    fix: () => 'Give one of the folders another name, or move its documents into the other.',
  }),
  'document/key-not-text': code<{ key: string }>({
    severity: 'error',
    title: 'A key is not a string',
    message: ({ key }) => `the key \`${key}\` is not a string`,
    fix: ({ key }) => `Write '${key}', in quotes.`,
  }),
  'document/key-invalid': code<{
    key: string;
    owner: string;
    characters: string;
    suggestion: string | undefined;
  }>({
    severity: 'error',
    title: 'A key has characters that the standard does not allow',
    message: ({ key, owner }) => `\`${key}\` is not a valid key of \`${owner}\``,
    note: ({ characters }) => `allowed: ${characters}`,
    fix: ({ suggestion }) =>
      suggestion === undefined
        ? undefined
        : `Rename it, for example to \`${suggestion}\`, and change the references to it.`,
  }),
  'document/wrong-shape': code<{ what: string; expected: string; found: string; fix?: string }>({
    severity: 'error',
    title: 'A part of a document has the wrong shape',
    message: ({ what, expected }) => `${what} must be ${expected}`,
    note: ({ found }) => found,
    fix: ({ fix }) => fix,
  }),
  'document/unknown-key': code<{ key: string; owner: string; suggestion: string | undefined; known: string }>(
    {
      severity: 'error',
      title: 'A key is not part of the standard',
      message: ({ key, owner, suggestion }) =>
        `\`${key}\` is not a key of ${owner}${suggestion ? `; did you mean \`${suggestion}\`?` : ''}`,
      fix: ({ suggestion, known }) =>
        suggestion ? undefined : `Keys of your own start with \`x-\`. Known here: ${known}.`,
    },
  ),
  'document/unknown-extension': code<{ key: string; suggestion: string }>({
    severity: 'error',
    title: 'An extension key is misspelt',
    message: ({ key, suggestion }) =>
      `\`${key}\` is an unknown extension key; did you mean \`${suggestion}\`?`,
    note: () => 'its content is ignored',
  }),
  'document/missing-key': code<{ keys: readonly string[]; owner: string; fix?: string }>({
    severity: 'error',
    title: 'A required key is missing',
    message: ({ keys, owner }) => `${owner} needs ${keys.map((key) => `\`${key}\``).join(' or ')}`,
    fix: ({ keys, fix }) => fix ?? `Add ${keys.map((key) => `\`${key}\``).join(' or ')}.`,
  }),
  'document/unknown-value': code<{
    what: string;
    value: JsonValue;
    allowed: readonly JsonValue[];
    suggestion: string | undefined;
    hint: string | undefined;
  }>({
    severity: 'error',
    title: 'A value is not one of those allowed',
    message: ({ what, value, suggestion }) => `${what} cannot be ${quoted(value)}${meant(suggestion)}`,
    fix: ({ allowed, suggestion, hint }) =>
      hint ?? (suggestion ? undefined : `Allowed here: ${allowed.map(quoted).join(', ')}.`),
  }),
  'document/wrong-value': code<{ what: string; expected: string; found: string }>({
    severity: 'error',
    title: 'A value is not what the standard wants',
    message: ({ what, expected }) => `${what} must be ${expected}`,
    note: ({ found }) => found,
  }),
  'document/duplicate-item': code<{ what: string; first: number; second: number }>({
    severity: 'error',
    title: 'A list holds the same item twice',
    message: ({ what, first, second }) => `items ${first} and ${second} of ${what} are equal`,
    fix: () => 'Remove one of them.',
  }),
  'document/ignore-invalid': code<{
    code: string | undefined;
    suggestion: string | undefined;
    isUnknown?: boolean;
  }>({
    severity: 'error',
    title: 'A finding is accepted without a reason, or under a code that does not exist',
    message: ({ code: name, suggestion, isUnknown }) =>
      name === undefined
        ? '`x-contract-ignore` must be an object of codes, each with a reason'
        : isUnknown
          ? `there is no code \`${name}\`${meant(suggestion)}`
          : `\`${name}\` is accepted here without a reason`,
    fix: ({ code: name, isUnknown }) =>
      isUnknown
        ? 'chirograph explain lists them all.'
        : `Say why: \`x-contract-ignore: { ${name ?? 'message/no-description'}: <reason> }\`.`,
  }),
  'reference/unresolved': code<{
    ref: string;
    suggestion: string | undefined;
    /** What is not there: a file, or a place in a file that is. */
    missing: { readonly file: string; readonly pointer: string | undefined } | undefined;
    /** How many more references of the file lead to the same missing thing. */
    others: number;
    /** Whether the suggestion is the same place, from the schema around the reference on. */
    isBelow?: boolean;
  }>({
    severity: 'error',
    title: 'A reference does not resolve',
    message: ({ ref, suggestion, missing }) => {
      const isFile = missing !== undefined && missing.pointer === undefined;
      return `\`${ref}\` does not resolve${isFile ? `: there is no file \`${missing.file}\`` : ''}${meant(suggestion)}`;
    },
    fix: ({ suggestion, missing, isBelow }) => {
      if (isBelow) return 'In an AsyncAPI document `#` is the document, also within a schema.';
      if (suggestion) return undefined;
      return missing?.pointer === undefined
        ? 'Add the file, or refer to one that exists. Paths are relative to the file with the reference.'
        : `Define \`${missing.pointer}\` in ${missing.file}, or refer to something that exists.`;
    },
    note: ({ others }) =>
      others > 0 ? `and ${others} more reference${others === 1 ? '' : 's'} of this file to it` : undefined,
  }),
  'reference/misnamed-target': code<{ name: string; wanted: string; times: number }>({
    severity: 'error',
    title: 'What is referred to has another name',
    message: ({ name, wanted, times }) =>
      `nothing refers to \`${name}\`, and ${times} references lead to \`${wanted}\``,
    fix: ({ wanted }) => `Name it \`${wanted}\`, or change the references.`,
  }),
  'reference/circular': code<{ ref: string }>({
    severity: 'error',
    title: 'Circular references',
    message: ({ ref }) => `\`${ref}\` refers back to itself and never to a definition`,
    fix: () => 'Let one of the references point at the definition itself.',
  }),
  'reference/not-allowed': code<{ owner: string }>({
    severity: 'error',
    title: 'A reference is not allowed here',
    message: ({ owner }) => `${owner} cannot be a \`$ref\``,
    fix: () => 'Write it here, or put the reference one level deeper.',
  }),
  'reference/wrong-kind': code<{ wanted: string; found: string }>({
    severity: 'error',
    title: 'A reference resolves to the wrong kind of object',
    message: ({ wanted, found }) => `this resolves to ${found}; ${wanted} is expected`,
    fix: ({ wanted, found }) =>
      wanted === 'a schema' && found === 'a message'
        ? 'Add `/payload` to it, to refer to the schema of the message.'
        : found === 'a multi-format schema object'
          ? 'Add `/schema` to it, to refer to the schema inside.'
          : `Refer to ${wanted}.`,
  }),
  'reference/not-text': code<{ expected: string; found: string }>({
    severity: 'error',
    title: 'A `$ref` is not a string',
    message: ({ expected }) => `\`$ref\` must be ${expected}`,
    note: ({ found }) => found,
    fix: () =>
      "Write where it leads, in quotes: `'#/components/schemas/Order'`. Without them `#` begins a comment.",
  }),
  'reference/expected': code<{ what: string }>({
    severity: 'error',
    title: 'Only a reference is allowed here',
    message: ({ what }) => `${what} must be a \`$ref\``,
    fix: () => 'Define it where it belongs, under `channels` or `components`, and refer to it.',
  }),
  'reference/siblings-ignored': code<{ keys: readonly string[] }>({
    severity: 'warning',
    title: 'Keys beside a `$ref` are ignored',
    message: ({ keys }) =>
      `${keys.map((key) => `\`${key}\``).join(', ')} beside \`$ref\` ${keys.length === 1 ? 'is' : 'are'} ignored`,
    fix: () => 'In a schema, write `allOf: [{ $ref: ... }]` and the other keys beside it.',
  }),
  'reference/remote': code<{ ref: string }>({
    severity: 'error',
    title: 'A reference to the network',
    message: ({ ref }) => `\`${ref}\` is on the network, and nothing is fetched`,
    fix: ({ ref }) =>
      /^https?:/i.test(ref)
        ? 'Allow it with `--remote`, or keep a copy of the file in the workspace and refer to that.'
        : 'Keep a copy of the file in the workspace and refer to that.',
  }),
  'reference/unfetched': code<{ ref: string; reason: string }>({
    severity: 'error',
    title: 'A remote reference cannot be read',
    message: ({ ref }) => `\`${ref}\` cannot be read`,
    note: ({ reason }) => reason,
  }),
  'reference/changed': code<{ ref: string; locked: string; found: string }>({
    severity: 'error',
    title: 'A remote document differs from the lock file',
    message: ({ ref }) => `\`${ref}\` is not what \`chirograph.lock\` holds`,
    note: ({ locked, found }) => `locked ${shortened(locked)}, found ${shortened(found)}`,
    fix: () => 'Look at what changed there. To accept it: chirograph validate --update-remote',
  }),
  'reference/outside': code<{ ref: string }>({
    severity: 'error',
    title: 'A reference leaves the workspace',
    message: ({ ref }) => `\`${ref}\` leaves the workspace`,
    fix: ({ ref }) =>
      ref.startsWith('/')
        ? `Within this document write \`#${ref}\`; files are named from here, such as \`./types.yaml\`.`
        : 'Move the file into the workspace, or run from a folder that holds both.',
  }),
  'binding/invalid': code<{ message: string; note: string | undefined; fix: string | undefined }>({
    severity: 'warning',
    title: 'A binding is not what its protocol wants',
    message: ({ message }) => message,
    note: ({ note }) => note,
    fix: ({ fix }) => fix,
  }),
  'component/unused': code<{ key: string; kind: string }>({
    severity: 'info',
    title: 'A component is not used',
    message: ({ key, kind }) => `nothing refers to \`${key}\` of \`components.${kind}\``,
    fix: () => 'Remove it, or refer to it.',
  }),
} as const;

/** `sha256-Jx3l...`: enough to tell two apart. */
function shortened(integrity: string): string {
  return integrity.length > 19 ? `${integrity.slice(0, 19)}...` : integrity;
}
