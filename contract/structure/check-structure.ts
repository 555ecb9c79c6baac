import type { Diagnostic } from '../diagnostics/index.ts';
import type { Location } from '../model/location.ts';
import { type Evaluator, evaluator, type References } from '../schema/index.ts';
import type { JsonValue } from '../source/source.ts';
import { describeFaults } from './describe.ts';
import { type AsyncApiVersion, readTable } from './table.ts';

/** Checks documents of a workspace; what two of them refer to is checked once. */
export type StructureCheck = (version: AsyncApiVersion, document: JsonValue, at: Location) => Diagnostic[];

/** @param follow what a document's own `$ref`s lead to; those that lead nowhere are reported elsewhere */
export function structureCheck(follow: References['follow']): StructureCheck {
  const evaluators = new Map<AsyncApiVersion, { readonly evaluate: Evaluator; readonly root: string }>();
  return (version, document, at) => {
    let entry = evaluators.get(version);
    if (!entry) {
      const table = readTable(version);
      entry = { evaluate: evaluator((name) => table[name]), root: `${version}/asyncapi` };
      evaluators.set(version, entry);
    }
    return describeFaults(entry.evaluate.faultsOf({ $ref: entry.root }, document, at, follow));
  };
}
