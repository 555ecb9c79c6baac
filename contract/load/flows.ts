import { diagnose } from '../diagnostics/index.ts';
import { type FlowStep, type NodeId, nodeId } from '../model/index.ts';
import { childPointer, isObject } from '../source/index.ts';
import { checkFlowKeys } from './flow-keys.ts';
import type { Loading, Written } from './loading.ts';
import { childrenAt, present, textAt, textsAt } from './read.ts';
import { targetOf } from './resolve.ts';

/**
 * Takes the workflows of an Arazzo 1.1 document into the workspace. Steps name operations of AsyncAPI documents; steps
 * that call an HTTP operation are no part of a flow of messages.
 */
export function loadFlows(loading: Loading, document: Written, domain: string): void {
  checkFlowKeys(loading, document);
  const sources = sourceFiles(document);
  for (const { written } of childrenAt(document, 'workflows')) {
    const name = textAt(written.value, 'workflowId');
    if (name === undefined) continue;
    const id = nodeId(written.at);
    loading.flows.set(id, {
      id,
      at: written.at,
      domain,
      name,
      title: textAt(written.value, 'summary') ?? name,
      ...present({ description: textAt(written.value, 'description') }),
      steps: readSteps(loading, written, sources),
    });
  }
}

/** The AsyncAPI documents of `sourceDescriptions`, by name. */
function sourceFiles(document: Written): ReadonlyMap<string, string> {
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

function readSteps(loading: Loading, workflow: Written, sources: ReadonlyMap<string, string>): FlowStep[] {
  const steps: FlowStep[] = [];
  const written = childrenAt(workflow, 'steps');
  const ids = new Set(written.flatMap((step) => textAt(step.written.value, 'stepId') ?? []));
  for (const { written: step } of written) {
    const id = textAt(step.value, 'stepId');
    const action = textAt(step.value, 'action');
    const operation = readOperation(loading, step, sources);
    if (id === undefined || operation === undefined || (action !== 'send' && action !== 'receive')) continue;
    const dependsOn = textsAt(step.value, 'dependsOn');
    for (const [index, other] of dependsOn.entries()) {
      const at = { file: step.at.file, pointer: childPointer(step.at.pointer, 'dependsOn', index) };
      if (!ids.has(other)) loading.report(diagnose('flow/unknown-step', at, { step: other }));
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

/** `$sourceDescriptions.<name>.<operation>`, or the operation alone where there is one source. */
function readOperation(
  loading: Loading,
  step: Written,
  sources: ReadonlyMap<string, string>,
): NodeId | undefined {
  const operationId = textAt(step.value, 'operationId');
  if (operationId === undefined) return undefined;
  const [, source, key = operationId] = /^\$sourceDescriptions\.([^.]+)\.(.+)$/.exec(operationId) ?? [];
  const file = source === undefined ? [...sources.values()][0] : sources.get(source);
  const operation =
    file === undefined ? undefined : nodeId({ file, pointer: childPointer('', 'operations', key) });
  if (operation !== undefined && loading.operations.has(operation)) return operation;
  if (file === undefined ? isSourceDoubtful(loading, step) : isDoubtful(loading, file, key)) return undefined;
  const at = { file: step.at.file, pointer: childPointer(step.at.pointer, 'operationId') };
  loading.report(diagnose('flow/unknown-operation', at, { operation: operationId }));
  return undefined;
}

/** True where the document's list of sources is misspelt. */
function isSourceDoubtful(loading: Loading, { at }: Written): boolean {
  return [...loading.diagnostics.values()].some(
    (it) =>
      it.at.file === at.file &&
      it.code === 'document/unknown-key' &&
      !it.at.pointer.startsWith('/workflows/'),
  );
}

/** True for an operation that stands in its document, or may, were not something else at fault there. */
function isDoubtful(loading: Loading, file: string, key: string): boolean {
  const document = loading.document(file);
  if (document === undefined) return !loading.isMissing(file);
  const operations = isObject(document) ? document.operations : undefined;
  if (isObject(operations) && Object.hasOwn(operations, key)) return true;
  return operations === undefined && [...loading.diagnostics.values()].some(({ at }) => at.file === file);
}
