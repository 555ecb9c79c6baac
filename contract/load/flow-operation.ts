import { childPointer, isObject } from '@chirograph/schema';
import { type Diagnostic, diagnose, suggest } from '../diagnostics/index.ts';
import { type NodeId, nodeId } from '../model/index.ts';
import type { Loading, Written } from './loading.ts';
import { textAt } from './read.ts';

/**
 * The operation that a step names: `$sourceDescriptions.<name>.<operation>`, or the operation alone where there is one
 * source. Reports one that there is not, unless it may be there and another fault hides it.
 * @param sources the files of the AsyncAPI documents that the flow names
 */
export function readOperation(
  loading: Loading,
  step: Written,
  sources: ReadonlyMap<string, string>,
): NodeId | undefined {
  const operationId = textAt(step.value, 'operationId');
  // Without sources nothing can be found; that they are missing has been reported.
  if (operationId === undefined || sources.size === 0) return undefined;
  const [, source, key = operationId] = /^\$sourceDescriptions\.([^.]+)\.(.+)$/.exec(operationId) ?? [];
  const file = source === undefined ? [...sources.values()][0] : sources.get(source);
  const at = { file: step.at.file, pointer: childPointer(step.at.pointer, 'operationId') };
  if (file === undefined) {
    reportSource(loading, at, source ?? '', operationId, [...sources.keys()]);
    return undefined;
  }
  const operation = nodeId({ file, pointer: childPointer('', 'operations', key) });
  if (loading.operations.has(operation)) return operation;
  if (isDoubtful(loading, file, key)) return undefined;
  const meant = suggest(key, keysOf(loading, file));
  const suggestion = meant && `${operationId.slice(0, -key.length)}${meant}`;
  loading.report(diagnose('flow/unknown-operation', at, { operation: operationId, suggestion }));
  return undefined;
}

/** A source that there is not is told once for each document, however many steps name it. */
function reportSource(
  loading: Loading,
  at: Diagnostic['at'],
  source: string,
  operation: string,
  known: readonly string[],
): void {
  const place = `${at.file} ${source}`;
  if (loading.unknownSources.has(place) || isListDoubtful(loading, at.file)) return;
  loading.unknownSources.add(place);
  const meant = suggest(source, known);
  const suggestion = meant && operation.replace(source, meant);
  loading.report(diagnose('flow/unknown-operation', at, { operation, suggestion }));
}

/** True where an entry of the list of sources is at fault: it may be the one that is missing. */
function isListDoubtful(loading: Loading, file: string): boolean {
  return [...loading.diagnostics.values()].some(
    ({ at }) => at.file === file && at.pointer.startsWith('/sourceDescriptions/'),
  );
}

function keysOf(loading: Loading, file: string): string[] {
  const document = loading.document(file);
  return isObject(document) && isObject(document.operations) ? Object.keys(document.operations) : [];
}

/** True for an operation that stands in its document, or may, were not something else at fault there. */
function isDoubtful(loading: Loading, file: string, key: string): boolean {
  const document = loading.document(file);
  if (document === undefined) return !loading.isMissing(file);
  if (keysOf(loading, file).includes(key)) return true;
  const isWithout = isObject(document) && document.operations === undefined;
  return isWithout && [...loading.diagnostics.values()].some(({ at }) => at.file === file);
}
