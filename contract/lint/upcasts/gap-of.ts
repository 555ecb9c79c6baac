import {
  type Definition,
  type Fault,
  type JsonSchema,
  locationOf,
  splitPointer,
  wordsFor,
} from '@chirograph/schema';
import { declared, documentOf, layered } from '@chirograph/schema/combine';
import type { Gap, NodeId, Workspace } from '../../model/index.ts';
import { engine } from '../engine.ts';
import { evaluatorOf } from '../evaluator-of.ts';

/**
 * Why what an upcast makes of old payloads need not be valid: what the new payload's schema says of a counterexample.
 * Undefined where none exists, and where the engine cannot tell. `compat` asks the same engine before it suggests an
 * upcast, so that what it suggests passes here. Properties that a schema does not name are taken not to be there.
 * @param made accepts all that the upcast makes
 */
export function gapOf(workspace: Workspace, old: NodeId, made: JsonSchema, payload: NodeId): Gap | undefined {
  const former = workspace.schemas[old];
  if (former === undefined) return undefined;
  const schemas = layered<Definition>(workspace.schemas);
  schemas[MADE] = { ...former, json: made };
  const containment = engine().decideContainment(
    documentOf(declared({ schemas, root: MADE })),
    documentOf({ schemas: workspace.schemas, root: payload }),
  );
  if (containment.kind !== 'not-contained') return undefined;
  const { witness } = containment;
  const [fault] = evaluatorOf(workspace).faultsOf({ $ref: payload }, witness, { file: '', pointer: '' });
  return fault ? explained(fault) : { path: [], why: `may be \`${JSON.stringify(witness)}\`` };
}

const MADE = 'what an upcast makes';

function explained(fault: Fault): Gap {
  const path = splitPointer(locationOf(fault.trail).pointer);
  const { problem } = fault;
  if (problem.kind === 'missing-key')
    return { path: [...path, problem.keys[0] ?? ''], why: 'may be missing' };
  if (problem.kind === 'unknown-key') return { path: [...path, problem.key], why: 'has no place' };
  const { expected, found } = wordsFor(fault);
  return { path, why: `may be ${found}, and the schema wants ${expected}` };
}
