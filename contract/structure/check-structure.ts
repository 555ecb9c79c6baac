import type { Diagnostic } from '../diagnostics/index.ts';
import type { Location } from '../model/location.ts';
import { type Evaluator, evaluator, type References } from '../schema/index.ts';
import { isObject, type JsonValue } from '../source/source.ts';
import { bindingsCheck } from './bindings-2.ts';
import { describeFaults, type WrittenAt } from './describe.ts';
import { DOCUMENT_RULES } from './rules/index.ts';
import type { Part } from './rules/rule.ts';
import { type AsyncApiVersion, readTable } from './table.ts';

/** What a part stands for: itself, or where its `$ref` leads. */
function definitionOf(part: Part, follow: References['follow']): Part | undefined {
  const ref = isObject(part.value) ? part.value.$ref : undefined;
  return typeof ref === 'string' ? follow(ref, part.at.file) : part;
}

/** Checks documents of a workspace; what two of them refer to is checked once. */
export type StructureCheck = (version: AsyncApiVersion, document: JsonValue, at: Location) => Diagnostic[];

/**
 * @param follow what a document's own `$ref`s lead to; those that lead nowhere are reported elsewhere
 * @param writtenAt the text of a value, for faults of it
 */
export function structureCheck(follow: References['follow'], writtenAt: WrittenAt): StructureCheck {
  const checkBindings = bindingsCheck(follow, writtenAt);
  const evaluators = new Map<AsyncApiVersion, { readonly evaluate: Evaluator; readonly root: string }>();
  return (version, document, at) => {
    let entry = evaluators.get(version);
    if (!entry) {
      const table = readTable(version);
      entry = { evaluate: evaluator((name) => table[name]), root: `${version}/asyncapi` };
      evaluators.set(version, entry);
    }
    const part = { value: document, at };
    const faults = describeFaults(
      entry.evaluate.faultsOf({ $ref: entry.root }, document, at, follow),
      writtenAt,
    );
    const definition = (it: Part) => definitionOf(it, follow);
    const bindings = version.startsWith('2') ? checkBindings(part, definition) : [];
    const rules = DOCUMENT_RULES.filter((rule) => rule.versions.includes(version.startsWith('2') ? 2 : 3));
    const findings = rules.flatMap((rule) => [...rule.check(part, definition)]);
    // A reference that leads to the wrong thing need not also be told that it leads to the wrong place.
    const told = new Set(faults.filter((it) => it.code === 'reference/wrong-kind').map(placeOf));
    return [...faults, ...bindings, ...findings.filter((it) => !told.has(placeOf(it)))];
  };
}

function placeOf({ at }: Diagnostic): string {
  return `${at.file}#${at.pointer}`;
}
