import { COMPAT_CODES } from './compat-codes.ts';
import type { Severity } from './severity.ts';

/** The texts of one code. `params` are the particulars of a finding. */
export interface CodeDefinition<Params> {
  readonly severity: Severity;
  /** The code in a few words, for lists and for the head of its page. */
  readonly title: string;
  readonly message: (params: Params) => string;
  readonly note?: (params: Params) => string | undefined;
  readonly mend?: (params: Params) => string | undefined;
}

function code<Params>(definition: CodeDefinition<Params>): CodeDefinition<Params> {
  return definition;
}

/**
 * Every code with its texts. A code is `<what is at fault>/<how>`; it never changes its meaning once released, and each
 * has a page in docs/diagnostics.
 */
export const CODES = {
  ...COMPAT_CODES,
  'file/unreadable': code<{ file: string; reason: string }>({
    severity: 'error',
    title: 'A file cannot be read',
    message: ({ file, reason }) => `cannot read ${file}: ${reason}`,
    mend: () => 'Check the path and the permissions.',
  }),
  'file/malformed': code<{ reason: string }>({
    severity: 'error',
    title: 'A file is neither YAML nor JSON',
    message: ({ reason }) => `the file cannot be parsed: ${reason}`,
  }),
  'document/unsupported-version': code<{ version: string }>({
    severity: 'error',
    title: 'The version of AsyncAPI is not read',
    message: ({ version }) => `AsyncAPI ${version} is not a version that Chirograph reads`,
    mend: () => 'Chirograph reads AsyncAPI 3.0 and 3.1.',
  }),
  'document/wrong-shape': code<{ what: string; expected: string; found: string }>({
    severity: 'error',
    title: 'A part of a document has the wrong shape',
    message: ({ what, expected }) => `${what} must be ${expected}`,
    note: ({ found }) => found,
  }),
  'document/unknown-key': code<{ key: string; owner: string; suggestion: string | undefined; known: string }>(
    {
      severity: 'error',
      title: 'A key is not part of the standard',
      message: ({ key, owner, suggestion }) =>
        `\`${key}\` is not a key of ${owner}${suggestion ? `; did you mean \`${suggestion}\`?` : ''}`,
      mend: ({ suggestion, known }) =>
        suggestion ? undefined : `Keys of your own start with \`x-\`. Known here: ${known}.`,
    },
  ),
  'document/missing-key': code<{ key: string; owner: string }>({
    severity: 'error',
    title: 'A required key is missing',
    message: ({ key, owner }) => `${owner} needs \`${key}\``,
  }),
  'reference/unresolved': code<{ ref: string; suggestion: string | undefined }>({
    severity: 'error',
    title: 'A reference leads nowhere',
    message: ({ ref, suggestion }) =>
      `\`${ref}\` leads nowhere${suggestion ? `; did you mean \`${suggestion}\`?` : ''}`,
  }),
  'reference/circular': code<{ ref: string }>({
    severity: 'error',
    title: 'References lead back to themselves',
    message: ({ ref }) => `\`${ref}\` leads back to itself and never to a definition`,
    mend: () => 'Let one of the references point at the definition itself.',
  }),
  'reference/remote': code<{ ref: string }>({
    severity: 'error',
    title: 'A reference leads out to the network',
    message: ({ ref }) => `\`${ref}\` is on the network, and nothing is fetched`,
    mend: () => 'Keep a copy of the file in the workspace and refer to that.',
  }),
  'reference/outside': code<{ ref: string }>({
    severity: 'error',
    title: 'A reference leaves the workspace',
    message: ({ ref }) => `\`${ref}\` leaves the workspace`,
    mend: () => 'Move the file into the workspace, or run from a folder that holds both.',
  }),
  'schema/invalid': code<{ reason: string }>({
    severity: 'error',
    title: 'A schema is not valid JSON Schema',
    message: ({ reason }) => `the schema is not valid: ${reason}`,
  }),
  'message/example-invalid': code<{
    example: number;
    message: string;
    part: string;
    expected: string;
    found: string;
  }>({
    severity: 'error',
    title: 'An example contradicts its schema',
    message: ({ example, message, part }) => `example ${example} of ${message} does not match its ${part}`,
    note: ({ expected, found }) => `${found}; the schema wants ${expected}`,
  }),
  'message/duplicate-identity': code<{ name: string; version: string }>({
    severity: 'error',
    title: 'Two messages have one name and version',
    message: ({ name, version }) => `there is another message \`${name}\` ${version} in this domain`,
    mend: () => 'Refer to one definition with `$ref`, or give one of them another `x-contract.version`.',
  }),
  'message/envelope-mismatch': code<{ part: string; expected: string; found: string }>({
    severity: 'error',
    title: 'The envelope contradicts the contract',
    message: ({ part, expected }) => `the envelope's ${part} must be \`${expected}\`, as the contract says`,
    note: ({ found }) => found,
  }),
  'message/path-unknown': code<{ what: string; path: string; message: string }>({
    severity: 'error',
    title: 'A path leads to no field of the message',
    message: ({ what, path, message }) => `${what} \`${path}\` leads to no field of ${message}`,
  }),
  'message/upcast-missing': code<{ name: string; from: string; to: string }>({
    severity: 'warning',
    title: 'An older version has no way to the newest',
    message: ({ name, from, to }) => `nothing says how \`${name}\` ${from} becomes ${to}`,
    mend: ({ from }) => `Add \`upcasts: [{ from: '${from}' }]\` to the newer version's x-contract.`,
  }),
  'message/no-sender': code<{ name: string; service: string }>({
    severity: 'warning',
    title: 'A message is received but never sent',
    message: ({ name, service }) =>
      `${service} receives \`${name}\`, which no service of the workspace sends`,
  }),
  'message/no-description': code<{ message: string }>({
    severity: 'warning',
    title: 'A message says nothing of itself',
    message: ({ message }) => `${message} has neither a summary nor a description`,
    mend: () => 'Say in a `summary` what has happened when this message is seen.',
  }),
  'message/no-example': code<{ message: string }>({
    severity: 'warning',
    title: 'A message has no example',
    message: ({ message }) => `${message} has no example`,
    mend: () => 'Add one under `examples`: it is checked, shown in the catalog and used by mocks.',
  }),
  'message/no-identity': code<{ message: string }>({
    severity: 'warning',
    title: 'A message cannot be told from its duplicate',
    message: ({ message }) => `${message} does not say what makes two deliveries the same message`,
    mend: () => 'Name the field under `x-contract.identity`, such as `[/eventId]`.',
  }),
  'message/no-ordering-key': code<{ message: string }>({
    severity: 'warning',
    title: 'A message has no ordering key',
    message: ({ message }) => `${message} does not say which messages it keeps its order with`,
    mend: () => 'Name the field under `x-contract.orderingKey`, such as `/aggregateId`.',
  }),
  'flow/unknown-operation': code<{ operation: string }>({
    severity: 'error',
    title: 'A flow names an operation that does not exist',
    message: ({ operation }) => `\`${operation}\` is not an operation of the workspace`,
  }),
  'flow/unknown-step': code<{ step: string }>({
    severity: 'error',
    title: 'A flow depends on a step that does not exist',
    message: ({ step }) => `there is no step \`${step}\` in this flow`,
  }),
} as const;

export type DiagnosticCode = keyof typeof CODES;

/** The particulars that a code's texts need. */
export type ParamsOf<Code extends DiagnosticCode> = Parameters<(typeof CODES)[Code]['message']>[0];
