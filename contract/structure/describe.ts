import {
  childPointer,
  type Fault,
  isObject,
  type JsonValue,
  type Location,
  locationOf,
  rootOf,
  splitPointer,
  whyNoPattern,
  wordsFor,
} from '@chirograph/schema';
import { type Diagnostic, diagnose, type Place, suggest } from '../diagnostics/index.ts';
import { hintFor, typeMeant } from './hints.ts';
import { type WrongKind, wrongKinds } from './wrong-kind.ts';

/** The text of the value at a location, as it stands in the file. */
export type WrittenAt = (at: Location) => string | undefined;

/** The faults of a document as findings: each fault once, at the place that a person would point to. */
export function describeFaults(faults: readonly Fault[], writtenAt: WrittenAt): Diagnostic[] {
  const kinds = wrongKinds(faults);
  const own = faults.filter(({ trail }) => !kinds.has(rootOf(trail)));
  const located = own.map((fault) => ({ fault, at: locationOf(fault.trail) }));
  const misspelt = new Set(located.flatMap(({ fault, at }) => misspeltKeys(fault, at)));
  const bare = new Set(
    located.flatMap(({ fault, at }) => (isMisspelt(fault, at, misspelt) ? [] : bareExamples(fault, at))),
  );
  return [
    ...located
      .filter(({ fault, at }) => !isMisspelt(fault, at, misspelt))
      .filter(({ fault, at }) => fault.problem.kind !== 'unknown-key' || !bare.has(placeOf(at)))
      .map(({ fault, at }) => describe(fault, at, writtenAt)),
    ...[...kinds.values()].map(describeKind),
  ];
}

function describeKind({ via, wanted, found }: WrongKind): Diagnostic {
  const at = locationOf(via);
  return diagnose(
    'reference/wrong-kind',
    { ...at, pointer: childPointer(at.pointer, '$ref') },
    { wanted, found },
  );
}

function describe(fault: Fault, at: Location, writtenAt: WrittenAt): Diagnostic {
  const { problem } = fault;
  const what = nameOf(at);
  const owner = ownerOf(fault, at);
  const pattern = brokenPattern(fault);
  if (pattern !== undefined) {
    const place = problem.kind === 'key-name' ? keyAt(at, pattern) : at;
    return diagnose('schema/pattern-invalid', place, { pattern, reason: whyNoPattern(pattern) });
  }
  switch (problem.kind) {
    case 'unknown-key':
      return diagnose('document/unknown-key', keyAt(at, problem.key), {
        key: problem.key,
        owner,
        suggestion: keyMeant(problem.key, problem.known),
        known: problem.known.filter((it) => it !== '$ref').join(', '),
      });
    case 'missing-key': {
      const scheme = namedScheme(fault, at);
      return diagnose(
        'document/missing-key',
        { ...at, part: 'key' },
        {
          keys: problem.keys,
          owner,
          ...(isExample(problem.keys) && { fix: 'Put what the message holds under `payload`.' }),
          ...(scheme !== undefined && {
            owner: 'a security requirement of AsyncAPI 3',
            keys: ['$ref'],
            fix: `Refer to the scheme: \`- $ref: '#/components/securitySchemes/${scheme}'\`. To name it with its scopes is AsyncAPI 2.`,
          }),
        },
      );
    }
    case 'value':
      return diagnose('document/unknown-value', at, {
        what,
        value: fault.value,
        allowed: problem.allowed,
        suggestion: valueMeant(fault.value, problem.allowed),
        hint: hintFor(fault, splitPointer(at.pointer)),
      });
    case 'duplicate-item':
      return diagnose(
        'document/duplicate-item',
        { ...at, pointer: childPointer(at.pointer, problem.second) },
        { what, first: problem.first + 1, second: problem.second + 1 },
      );
    case 'key-name':
      return diagnose('document/wrong-value', keyAt(at, problem.key), {
        what: 'the key',
        ...wordsFor(fault),
      });
    case 'reference-expected':
      return diagnose('reference/expected', at, { what });
    case 'reference-not-text':
      return diagnose('reference/not-text', at, wordsFor(fault));
    case 'reference-not-allowed':
      return diagnose('reference/not-allowed', keyAt(at, '$ref'), { owner });
    case 'type':
      return diagnose('document/wrong-shape', at, {
        what,
        ...wordsFor(fault, writtenAt(at)),
        ...hinted(hintFor(fault, splitPointer(at.pointer))),
      });
    default:
      return diagnose('document/wrong-value', at, { what, ...wordsFor(fault) });
  }
}

function valueMeant(value: JsonValue, allowed: readonly JsonValue[]): string | undefined {
  if (typeof value !== 'string') return undefined;
  const type = allowed.includes('integer') ? typeMeant(value) : undefined;
  return (
    type ??
    suggest(
      value,
      allowed.filter((it) => typeof it === 'string'),
    )
  );
}

function hinted(fix: string | undefined): { readonly fix?: string } {
  return fix === undefined ? {} : { fix };
}

/** What should be a regular expression and does not compile: a `pattern`, or a key of `patternProperties`. */
function brokenPattern({ problem, value, schema }: Fault): string | undefined {
  if (problem.kind === 'format' && problem.format === 'regex') return String(value);
  const { propertyNames } = schema;
  const isOfKeys = isObject(propertyNames) && propertyNames.format === 'regex';
  return problem.kind === 'key-name' && isOfKeys ? problem.key : undefined;
}

function keyAt({ file, pointer }: Location, key: string): Place {
  return { file, pointer: childPointer(pointer, key), part: 'key' };
}

/** `` `action` ``, or ``item 2 of `tags` ``. */
function nameOf({ pointer }: Location): string {
  const path = splitPointer(pointer);
  const last = path.at(-1);
  if (last === undefined) return 'the document';
  return /^\d+$/.test(last) && path.length > 1
    ? `item ${Number(last) + 1} of \`${path.at(-2)}\``
    : `\`${last}\``;
}

function ownerOf({ schema }: Fault, at: Location): string {
  return typeof schema.title === 'string' ? schema.title : nameOf(at);
}

/** An example that is the payload itself, without `payload` around it, is one fault however many keys it has. */
function bareExamples(fault: Fault, at: Location): string[] {
  if (fault.problem.kind !== 'missing-key') return [];
  return isExample(fault.problem.keys) || namedScheme(fault, at) !== undefined ? [placeOf(at)] : [];
}

/** The scheme that a security requirement names as AsyncAPI 2 did: `- key: []`. */
function namedScheme({ value }: Fault, { pointer }: Location): string | undefined {
  if (splitPointer(pointer).at(-2) !== 'security' || !isObject(value)) return undefined;
  const [[name, scopes] = [], ...others] = Object.entries(value);
  return others.length === 0 && Array.isArray(scopes) ? name : undefined;
}

/** A message example is the only thing that needs one of these two. */
function isExample(keys: readonly string[]): boolean {
  return keys.length === 2 && keys.includes('payload') && keys.includes('headers');
}

function placeOf({ file, pointer }: Location): string {
  return `${file}#${pointer}`;
}

/** Nothing but `$ref` begins with a dollar, and it may stand in most places. */
export function keyMeant(key: string, known: readonly string[]): string | undefined {
  return suggest(key, key.startsWith('$') ? ['$ref'] : known);
}

/** A key that is missing because it is misspelt is no second fault. */
function misspeltKeys({ problem }: Fault, at: Location): string[] {
  const meant = problem.kind === 'unknown-key' ? keyMeant(problem.key, problem.known) : undefined;
  return meant === undefined ? [] : [`${placeOf(at)} ${meant}`];
}

function isMisspelt({ problem }: Fault, at: Location, misspelt: ReadonlySet<string>): boolean {
  if (problem.kind === 'reference-expected') return misspelt.has(`${placeOf(at)} $ref`);
  return problem.kind === 'missing-key' && problem.keys.some((key) => misspelt.has(`${placeOf(at)} ${key}`));
}
