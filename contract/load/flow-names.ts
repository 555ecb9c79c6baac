import { childPointer, isObject, type Location } from '@chirograph/schema';
import { diagnose, suggest } from '../diagnostics/index.ts';
import type { LoadContext } from './load-context.ts';
import type { Located } from './located.ts';
import { childAt, childrenAt, objectAt, textAt } from './read.ts';

/** What the steps and workflows of an Arazzo document may be called by. */
interface Names {
  readonly workflows: ReadonlySet<string>;
  /** Of the workflow at hand; undefined where some step has no name, which may be the one that is meant. */
  readonly steps?: ReadonlySet<string>;
}

/** The lists of actions, by the key they stand at, with the types that such an action may have. */
const ACTIONS = {
  onSuccess: { shared: 'successActions', types: ['end', 'goto'] },
  successActions: { shared: 'successActions', types: ['end', 'goto'] },
  onFailure: { shared: 'failureActions', types: ['end', 'retry', 'goto'] },
  failureActions: { shared: 'failureActions', types: ['end', 'retry', 'goto'] },
} as const;

/**
 * Reports the names in an Arazzo document that do not resolve: steps, workflows and shared actions that are not there, and
 * names that two things have. Names of other documents (`$sourceDescriptions.x.y`) are not followed.
 */
export function checkFlowNames(context: LoadContext, document: Located): void {
  const workflows = childrenAt(document, 'workflows').map((it) => it.written);
  const names = { workflows: namesOf(context, workflows, 'workflowId', 'workflow') };
  for (const workflow of workflows) {
    const steps = childrenAt(workflow, 'steps').map((it) => it.written);
    const isWhole = steps.every((it) => textAt(it.value, 'stepId') !== undefined);
    const own = namesOf(context, steps, 'stepId', 'step');
    const inside: Names = isWhole ? { ...names, steps: own } : names;
    for (const { written } of childrenAt(workflow, 'dependsOn')) checkWorkflow(context, written, names);
    checkActions(context, document, workflow, 'successActions', inside);
    checkActions(context, document, workflow, 'failureActions', inside);
    for (const step of steps) {
      checkWorkflow(context, childAt(step, 'workflowId'), names);
      for (const { written } of childrenAt(step, 'dependsOn')) checkStep(context, written, inside);
      checkActions(context, document, step, 'onSuccess', inside);
      checkActions(context, document, step, 'onFailure', inside);
    }
  }
  const components = childAt(document, 'components');
  checkActions(context, document, components, 'successActions', names);
  checkActions(context, document, components, 'failureActions', names);
}

/** The names of a list's entries; one that an earlier entry has is reported. */
function namesOf(
  context: LoadContext,
  entries: readonly Located[],
  key: 'workflowId' | 'stepId',
  what: 'workflow' | 'step',
): ReadonlySet<string> {
  const names = new Set<string>();
  for (const entry of entries) {
    const id = textAt(entry.value, key);
    if (id === undefined) continue;
    if (names.has(id)) context.report(diagnose('flow/duplicate-id', placeOf(entry, key), { what, id }));
    names.add(id);
  }
  return names;
}

function checkActions(
  context: LoadContext,
  document: Located,
  owner: Located,
  key: keyof typeof ACTIONS,
  names: Names,
): void {
  const { shared, types } = ACTIONS[key];
  const known = Object.keys(objectAt(objectAt(document.value, 'components'), shared));
  for (const { written: action } of childrenAt(owner, key)) {
    if (!isObject(action.value)) continue;
    const reference = textAt(action.value, 'reference');
    if (reference !== undefined) {
      const [, name] = new RegExp(`^\\$components\\.${shared}\\.(.+)$`).exec(reference) ?? [];
      if (name !== undefined && known.includes(name)) continue;
      const meant = suggest(name ?? reference, known);
      context.report(
        diagnose('flow/unknown-action', placeOf(action, 'reference'), {
          reference,
          suggestion: meant && `$components.${shared}.${meant}`,
        }),
      );
      continue;
    }
    checkType(context, action, types);
    checkStep(context, childAt(action, 'stepId'), names);
    checkWorkflow(context, childAt(action, 'workflowId'), names);
  }
}

function checkType(context: LoadContext, { value, at }: Located, types: readonly string[]): void {
  const type = textAt(value, 'type');
  if (type !== undefined && !types.includes(type)) {
    const place = { file: at.file, pointer: childPointer(at.pointer, 'type') };
    const suggestion = suggest(type, types);
    context.report(
      diagnose('document/unknown-value', place, {
        what: '`type` of an action',
        value: type,
        allowed: types,
        suggestion,
        hint: undefined,
      }),
    );
  }
  const isAimless = textAt(value, 'stepId') === undefined && textAt(value, 'workflowId') === undefined;
  if (type === 'goto' && isAimless)
    context.report(
      diagnose('document/missing-key', at, {
        keys: ['stepId', 'workflowId'],
        owner: 'an action of type `goto`',
      }),
    );
}

function checkStep(context: LoadContext, { value, at }: Located, { steps }: Names): void {
  if (typeof value !== 'string' || steps === undefined || steps.has(value) || value.startsWith('$')) return;
  context.report(diagnose('flow/unknown-step', at, { step: value, suggestion: suggest(value, steps) }));
}

function checkWorkflow(context: LoadContext, { value, at }: Located, { workflows }: Names): void {
  if (typeof value !== 'string' || workflows.has(value) || value.startsWith('$')) return;
  context.report(
    diagnose('flow/unknown-workflow', at, { workflow: value, suggestion: suggest(value, workflows) }),
  );
}

function placeOf({ at }: Located, key: string): Location {
  return { file: at.file, pointer: childPointer(at.pointer, key) };
}
