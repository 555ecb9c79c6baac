import { type FailureAction, type FlowStep, nodeId } from '../model/index.ts';
import { checkFlowKeys } from './flow-keys.ts';
import { checkFlowNames } from './flow-names.ts';
import { readOperation, type Sources } from './flow-operation.ts';
import type { LoadContext } from './load-context.ts';
import type { Located } from './located.ts';
import { childrenAt, listAt, memberOf, objectAt, present, textAt, textsAt } from './read.ts';
import { targetOf } from './resolve.ts';

/**
 * Takes the workflows of an Arazzo 1.1 document into the workspace. Steps name operations of AsyncAPI documents; steps
 * that call an HTTP operation are no part of a flow of messages.
 */
export function loadFlows(context: LoadContext, document: Located, domain: string): void {
  checkFlowKeys(context, document);
  checkFlowNames(context, document);
  const sources: Sources = { files: sourceFiles(document), reported: new Set() };
  for (const { written } of childrenAt(document, 'workflows')) {
    const name = textAt(written.value, 'workflowId');
    if (name === undefined) continue;
    const id = nodeId(written.at);
    context.nodes.add('flows', {
      id,
      at: written.at,
      domain,
      name,
      title: textAt(written.value, 'summary') ?? name,
      ...present({ description: textAt(written.value, 'description') }),
      steps: readSteps(context, document, written, sources),
    });
  }
}

/** The AsyncAPI documents of `sourceDescriptions`, by name. */
function sourceFiles(document: Located): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  for (const { written } of childrenAt(document, 'sourceDescriptions')) {
    const name = textAt(written.value, 'name');
    const url = textAt(written.value, 'url');
    if (name === undefined || url === undefined || textAt(written.value, 'type') !== 'asyncapi') continue;
    const target = targetOf(url, written.at.file);
    if (target.kind === 'location') files.set(name, target.file);
  }
  return files;
}

function readSteps(context: LoadContext, document: Located, workflow: Located, sources: Sources): FlowStep[] {
  const steps: FlowStep[] = [];
  for (const { written: step } of childrenAt(workflow, 'steps')) {
    const id = textAt(step.value, 'stepId');
    const action = textAt(step.value, 'action');
    const operation = readOperation(context, step, sources);
    if (id === undefined || operation === undefined || (action !== 'send' && action !== 'receive')) continue;
    const dependsOn = textsAt(step.value, 'dependsOn');
    const before = steps.at(-1);
    steps.push({
      id,
      at: step.at,
      ...present({ description: textAt(step.value, 'description') }),
      operation,
      action,
      after: dependsOn.length > 0 || !before ? dependsOn : [before.id],
      ...present({ onFailure: readFailures(document, step) }),
    });
  }
  return steps;
}

/** The failure actions of a step, those of `components` among them; undefined where it has none that can be read. */
function readFailures(document: Located, step: Located): FailureAction[] | undefined {
  const shared = objectAt(objectAt(document.value, 'components'), 'failureActions');
  const actions = listAt(step.value, 'onFailure').flatMap((written): FailureAction[] => {
    const [, name] = /^\$components\.failureActions\.(.+)$/.exec(textAt(written, 'reference') ?? '') ?? [];
    const action = name === undefined ? written : memberOf(shared, name);
    const type = textAt(action, 'type');
    if (type !== 'end' && type !== 'retry' && type !== 'goto') return [];
    const [seconds, limit] = [memberOf(action, 'retryAfter'), memberOf(action, 'retryLimit')];
    return [
      {
        name: textAt(action, 'name') ?? name ?? type,
        type,
        ...present({
          step: textAt(action, 'stepId'),
          flow: textAt(action, 'workflowId')?.replace(/^\$sourceDescriptions\.[^.]+\./, ''),
          delay: typeof seconds === 'number' ? seconds * 1000 : undefined,
          limit: typeof limit === 'number' ? limit : undefined,
        }),
      },
    ];
  });
  return actions.length > 0 ? actions : undefined;
}
