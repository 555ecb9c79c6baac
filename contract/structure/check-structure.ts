import {
  childPointer,
  type Evaluator,
  evaluator,
  type Fault,
  isObject,
  isSchema,
  type JsonValue,
  type Location,
  locationOf,
  type References,
} from '@chirograph/schema';
import type { Diagnostic } from '../diagnostics/index.ts';
import { checkBindings } from './bindings-2.ts';
import { describeFaults, keyMeant, type WrittenAt } from './describe.ts';
import { majorVersionOf } from './major-version.ts';
import { noteMeant } from './meant-keys.ts';
import { DOCUMENT_RULES } from './rules/index.ts';
import type { Part } from './rules/rule.ts';
import { type AsyncApiVersion, readTable } from './table.ts';

/** What a part stands for: itself, or where its `$ref` leads. */
function definitionOf(part: Part, follow: References['follow']): Part | undefined {
  const ref = isObject(part.value) ? part.value.$ref : undefined;
  return typeof ref === 'string' ? follow(ref, part.at.file) : part;
}

/** The evaluators of the tables: what has been made of one serves every document of its version. */
const evaluators = new Map<AsyncApiVersion, Evaluator>();

/**
 * What is wrong with the shape of a document and of what it refers to.
 * @param follow what a document's own `$ref`s lead to; those that lead nowhere are reported elsewhere
 * @param writtenAt the text of a value, for faults of it
 */
export function checkStructure(
  version: AsyncApiVersion,
  document: JsonValue,
  at: Location,
  follow: References['follow'],
  writtenAt: WrittenAt,
): Diagnostic[] {
  const part = { value: document, at };
  const root = { $ref: `${version}/asyncapi` };
  const evaluate = evaluatorFor(version);
  const found = evaluate.faultsOf(root, document, at, follow);
  const faults = describeFaults(
    found.flatMap((it) => [it, ...faultsBelow(it, evaluate, follow)]),
    writtenAt,
  );
  const definition = (it: Part) => definitionOf(it, follow);
  const { major } = majorVersionOf(version);
  // The meta-schemas of AsyncAPI 3 look into bindings themselves.
  const bindings = major === 2 ? checkBindings(part, definition, follow, writtenAt) : [];
  const rules = DOCUMENT_RULES.filter((rule) => rule.versions.includes(major));
  const findings = rules.flatMap((rule) => [...rule.check(part, definition)]);
  const wrong = new Set(faults.filter((it) => BLINDING.has(it.code)).map(placeOf));
  return [...faults, ...bindings, ...findings.filter((it) => !isWithin(it, wrong))];
}

/** The faults of what stands under a misspelt key, which is checked as it was meant. */
function faultsBelow(
  { problem, value, schema, trail }: Fault,
  evaluate: Evaluator,
  follow: References['follow'],
): Fault[] {
  const key = problem.kind === 'unknown-key' ? problem.key : undefined;
  const meant = problem.kind === 'unknown-key' ? keyMeant(problem.key, problem.known) : undefined;
  if (key === undefined || meant === undefined || !isObject(value) || Object.hasOwn(value, meant)) return [];
  const wanted = isObject(schema.properties) ? schema.properties[meant] : undefined;
  const written = value[key];
  if (!isSchema(wanted) || written === undefined) return [];
  noteMeant(value, key, meant);
  const { file, pointer } = locationOf(trail);
  const place = { file, pointer: childPointer(pointer, key) };
  return evaluate
    .faultsOf(wanted, written, place, follow)
    .flatMap((it) => [it, ...faultsBelow(it, evaluate, follow)]);
}

function evaluatorFor(version: AsyncApiVersion): Evaluator {
  let found = evaluators.get(version);
  if (!found) {
    const table = readTable(version);
    found = evaluator((name) => table[name]);
    evaluators.set(version, found);
  }
  return found;
}

/**
 * A part of the wrong shape is read as something that it is not, and a reference to the wrong kind of thing need not also
 * be told that it stands in the wrong place: what the rules say of such a part is no second fault.
 */
const BLINDING: ReadonlySet<string> = new Set(['document/wrong-shape', 'reference/wrong-kind']);

function isWithin({ at: { file, pointer } }: Diagnostic, places: ReadonlySet<string>): boolean {
  if (places.size === 0) return false;
  for (let end = pointer.length; end > 0; end = pointer.lastIndexOf('/', end - 1))
    if (places.has(`${file}#${pointer.slice(0, end)}`)) return true;
  return places.has(`${file}#`);
}

function placeOf({ at }: Diagnostic): string {
  return `${at.file}#${at.pointer}`;
}
