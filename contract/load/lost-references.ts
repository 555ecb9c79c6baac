import { type JsonValue, joinPointer, splitPointer } from '@chirograph/schema';
import { type Diagnostic, diagnose } from '../diagnostics/index.ts';
import { nodeId } from '../model/index.ts';
import type { LoadContext } from './load-context.ts';
import type { LostReference, ReferenceRecord, Suggestion } from './references.ts';
import { childOf } from './resolve.ts';

/**
 * Reports the unresolved references: those of one file to one missing thing together, and where the thing is there
 * under a misspelt name that nobody uses, the name instead. All references must have been followed.
 * @param followed what came of the references of each document
 */
export function reportLost(context: LoadContext, followed: readonly ReferenceRecord[]): void {
  const lost = context.references.unresolved;
  const misspelt = new Set(
    context.nodes.diagnostics.flatMap(({ code, at }) =>
      code === 'document/unknown-key' ? [nodeId(at)] : [],
    ),
  );
  for (const [, group] of Map.groupBy(
    lost,
    ({ ref, at, suggestion }) => suggestion?.missing ?? `${at.file} ${ref}`,
  )) {
    const meant = group[0]?.suggestion;
    // The misspelt key has been reported where it stands: `chanels` for `channels`.
    if (meant?.definition && misspelt.has(nodeId(meant.definition))) continue;
    if (meant && group.length > 1 && meant.name !== undefined && !isUsed(followed, meant))
      context.report(misnamed(meant, meant.name, group));
    else
      for (const [, own] of Map.groupBy(group, ({ at }) => at.file)) context.report(together(context, own));
  }
}

/** True where something refers to what was meant, or into it, by its own name. */
function isUsed(followed: readonly ReferenceRecord[], { definition }: Suggestion): boolean {
  if (!definition) return true;
  return followed.some(({ resolutions, suggested }) =>
    [...resolutions].some(([key, resolution]) => {
      if (suggested.has(key) || resolution.kind !== 'definition') return false;
      const { file, pointer } = resolution.written.at;
      return file === definition.file && `${pointer}/`.startsWith(`${definition.pointer}/`);
    }),
  );
}

function misnamed(
  { definition, missing }: Suggestion,
  name: string,
  group: readonly LostReference[],
): Diagnostic {
  const wanted = splitPointer(missing.slice(missing.indexOf('#') + 1)).at(-1) ?? '';
  const place = {
    file: definition?.file ?? '',
    pointer: definition?.pointer ?? joinPointer([name]),
    part: 'key',
  } as const;
  return diagnose('reference/misnamed-target', place, { name, wanted, times: group.length }, here(group));
}

function together(context: LoadContext, group: readonly LostReference[]): Diagnostic {
  const [first, ...others] = group;
  const { ref, at, suggestion } = first!;
  const isBelow = suggestion?.ref === undefined ? belowRoot(context, first!) : undefined;
  return diagnose(
    'reference/unresolved',
    at,
    {
      ref,
      suggestion: isBelow ?? suggestion?.ref,
      missing: missingIn(suggestion?.missing),
      others: others.length,
      isBelow: isBelow !== undefined,
    },
    here(others),
  );
}

/** The place in a schema around a reference that it was to lead to: `#` is the document, not the schema. */
function belowRoot(context: LoadContext, { ref, at }: LostReference): string | undefined {
  if (!ref.startsWith('#/')) return undefined;
  const wanted = splitPointer(decoded(ref.slice(1)));
  const path = splitPointer(at.pointer);
  const around: JsonValue[] = [context.inputs.document(at.file) ?? null];
  for (const key of path) around.push(childOf(around.at(-1) ?? null, key) ?? null);
  for (let depth = path.length; depth > 0; depth -= 1) {
    const isThere = wanted.reduce<JsonValue | undefined>(
      (value, key) => (value === undefined ? undefined : childOf(value, key)),
      around[depth],
    );
    if (isThere !== undefined) return `#${joinPointer([...path.slice(0, depth), ...wanted])}`;
  }
  return undefined;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** What is missing: a whole file, or a place in one. */
function missingIn(
  missing = '',
): { readonly file: string; readonly pointer: string | undefined } | undefined {
  const [file, pointer] = missing.split('#');
  return file ? { file, pointer } : undefined;
}

const SHOWN = 5;

function here(references: readonly LostReference[]): Diagnostic['related'] {
  return references.slice(0, SHOWN).map(({ at }) => ({ message: 'a reference to it', at }));
}
