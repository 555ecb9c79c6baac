import { childPointer, isObject } from '@chirograph/schema';
import { diagnose, suggest } from '../diagnostics/index.ts';
import { type NodeId, nodeId } from '../model/index.ts';
import type { LoadContext } from './load-context.ts';
import type { Located } from './located.ts';
import { textAt } from './read.ts';

/** The AsyncAPI documents that a flow names. */
export interface Sources {
  /** By the names that steps use. */
  readonly files: ReadonlyMap<string, string>;
  /** The names that steps use and there are not; each is reported once, however many steps use it. */
  readonly reported: Set<string>;
}

/**
 * The operation that a step names: `$sourceDescriptions.<name>.<operation>`, or the operation alone where there is one
 * source. Reports one that there is not, unless it may be there and another fault hides it.
 */
export function readOperation(
  context: LoadContext,
  step: Located,
  { files, reported }: Sources,
): NodeId | undefined {
  const operationId = textAt(step.value, 'operationId');
  // Without sources nothing can be found; that they are missing has been reported.
  if (operationId === undefined || files.size === 0) return undefined;
  const [, source, key = operationId] = /^\$sourceDescriptions\.([^.]+)\.(.+)$/.exec(operationId) ?? [];
  const file = source === undefined ? [...files.values()][0] : files.get(source);
  const at = { file: step.at.file, pointer: childPointer(step.at.pointer, 'operationId') };
  if (file === undefined) {
    const name = source ?? '';
    if (reported.has(name) || isListDoubtful(context, at.file)) return undefined;
    reported.add(name);
    const meant = suggest(name, files.keys());
    const suggestion = meant && operationId.replace(name, meant);
    context.report(diagnose('flow/unknown-operation', at, { operation: operationId, suggestion }));
    return undefined;
  }
  const operation = nodeId({ file, pointer: childPointer('', 'operations', key) });
  if (context.nodes.has('operations', operation)) return operation;
  if (isDoubtful(context, file, key)) return undefined;
  const meant = suggest(key, keysOf(context, file));
  const suggestion = meant && `${operationId.slice(0, -key.length)}${meant}`;
  context.report(diagnose('flow/unknown-operation', at, { operation: operationId, suggestion }));
  return undefined;
}

/** True where an entry of the list of sources is at fault: it may be the one that is missing. */
function isListDoubtful(context: LoadContext, file: string): boolean {
  return context.nodes.diagnostics.some(
    ({ at }) => at.file === file && at.pointer.startsWith('/sourceDescriptions/'),
  );
}

function keysOf(context: LoadContext, file: string): string[] {
  const document = context.inputs.document(file);
  return isObject(document) && isObject(document.operations) ? Object.keys(document.operations) : [];
}

/** True for an operation that stands in its document, or may, were not something else at fault there. */
function isDoubtful(context: LoadContext, file: string, key: string): boolean {
  const document = context.inputs.document(file);
  if (document === undefined) return !context.inputs.isMissing(file);
  if (keysOf(context, file).includes(key)) return true;
  const isWithout = isObject(document) && document.operations === undefined;
  return isWithout && context.nodes.diagnostics.some(({ at }) => at.file === file);
}
