import { childPointer } from '@chirograph/schema';
import { diagnose, suggest } from '../diagnostics/index.ts';
import { type FlowStep, nodeId } from '../model/index.ts';
import { checkFlowKeys } from './flow-keys.ts';
import { readOperation, type Sources } from './flow-operation.ts';
import type { LoadContext } from './load-context.ts';
import type { Located } from './located.ts';
import { childrenAt, present, textAt, textsAt } from './read.ts';
import { targetOf } from './resolve.ts';

/**
 * Takes the workflows of an Arazzo 1.1 document into the workspace. Steps name operations of AsyncAPI documents; steps
 * that call an HTTP operation are no part of a flow of messages.
 */
export function loadFlows(context: LoadContext, document: Located, domain: string): void {
  checkFlowKeys(context, document);
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
      steps: readSteps(context, written, sources),
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

function readSteps(context: LoadContext, workflow: Located, sources: Sources): FlowStep[] {
  const steps: FlowStep[] = [];
  const written = childrenAt(workflow, 'steps');
  const ids = new Set(written.flatMap((step) => textAt(step.written.value, 'stepId') ?? []));
  // A step whose id cannot be read may be the one that another names.
  const isWhole = ids.size === written.length;
  for (const { written: step } of written) {
    const id = textAt(step.value, 'stepId');
    const action = textAt(step.value, 'action');
    const operation = readOperation(context, step, sources);
    if (id === undefined || operation === undefined || (action !== 'send' && action !== 'receive')) continue;
    const dependsOn = textsAt(step.value, 'dependsOn');
    for (const [index, other] of dependsOn.entries()) {
      const at = { file: step.at.file, pointer: childPointer(step.at.pointer, 'dependsOn', index) };
      if (isWhole && !ids.has(other))
        context.report(diagnose('flow/unknown-step', at, { step: other, suggestion: suggest(other, ids) }));
    }
    const before = steps.at(-1);
    steps.push({
      id,
      at: step.at,
      ...present({ description: textAt(step.value, 'description') }),
      operation,
      action,
      after: dependsOn.length > 0 || !before ? dependsOn : [before.id],
    });
  }
  return steps;
}
