import { childPointer, isObject, type Location } from '@chirograph/schema';
import { type Diagnostic, diagnose } from '../diagnostics/index.ts';
import type { LoadContext } from './load-context.ts';
import type { Located } from './located.ts';
import { nearby } from './nearby.ts';
import { childAt } from './read.ts';
import type { Resolution, Suggestion } from './references.ts';
import { refOf, resolutionKey, resolveRef, targetOf } from './resolve.ts';

/**
 * The definition that a value stands for: itself, or where its `$ref` leads, through as many references as it takes.
 * Answers undefined, and reports, where it leads nowhere.
 */
export function follow(context: LoadContext, written: Located): Located | undefined {
  const ref = refOf(written.value);
  if (ref === undefined) return written;
  const resolution = resolveRef(context, ref, written.at.file);
  if (resolution.kind === 'definition') return resolution.written;
  context.references.miss(written.at);
  if (resolution.kind === 'circular' && context.references.hasLoop(resolution.loop)) return undefined;
  const fault = faultOf(context, resolution, ref, written.at);
  if (fault) context.report(fault);
  if (fault && resolution.kind === 'circular') context.references.reportedLoop(resolution.loop, fault);
  return undefined;
}

/** The entries of a mapping at a key, which may itself be a reference: `channels: { $ref: channels.yaml }`. */
export function entriesAt(
  context: LoadContext,
  owner: Located,
  key: string,
): { readonly key: string; readonly written: Located }[] {
  const container = follow(context, childAt(owner, key));
  if (!isObject(container?.value)) return [];
  return Object.keys(container.value).map((name) => ({ key: name, written: childAt(container, name) }));
}

/**
 * Like `follow`, and where a reference leads nowhere but one much like it does not, the definition that was meant: for
 * channels and messages, so that one misspelt reference is one finding and not also a message that nobody sends.
 */
export function followMeant(context: LoadContext, written: Located): Located | undefined {
  const target = follow(context, written);
  const ref = refOf(written.value);
  if (target || ref === undefined) return target;
  if (resolveRef(context, ref, written.at.file).kind !== 'unresolved') return undefined;
  const meant = meantBy(context, ref, written.at.file)?.ref;
  const resolution = meant === undefined ? undefined : resolveRef(context, meant, written.at.file);
  return resolution?.kind === 'definition' ? resolution.written : undefined;
}

function faultOf(
  context: LoadContext,
  resolution: Exclude<Resolution, { readonly kind: 'definition' }>,
  ref: string,
  owner: Location,
): Diagnostic | undefined {
  const at = { file: owner.file, pointer: childPointer(owner.pointer, '$ref') };
  switch (resolution.kind) {
    case 'broken':
      return undefined;
    case 'unresolved':
      // Told when all references have been followed (lost-references.ts).
      context.references.lose({ ref, at, suggestion: meantBy(context, ref, owner.file) });
      return undefined;
    case 'unfetched':
      return {
        ...diagnose('reference/unfetched', at, { ref, reason: resolution.reason }),
        cause: unfetchedCause(ref, owner.file, resolution.reason),
      };
    case 'changed':
      return diagnose('reference/changed', at, { ref, ...resolution });
    default:
      return diagnose(`reference/${resolution.kind}`, at, { ref });
  }
}

/** Of a host that does not answer, all references to it; else those to the same document. */
function unfetchedCause(ref: string, from: string, reason: string): string {
  const target = targetOf(ref, from);
  const url = URL.parse(target.kind === 'remote' ? target.url : ref);
  const isOfHost =
    /refused|host|closed the connection|does not answer/.test(reason) && !reason.includes('://');
  return `${isOfHost ? url?.origin : url?.href} ${reason}`;
}

/** What a reference that leads nowhere was to lead to; what may have been meant counts as used. */
function meantBy(context: LoadContext, ref: string, from: string): Suggestion | undefined {
  const target = targetOf(ref, from);
  if (target.kind === 'location') {
    const [, kind] = /^(\/components\/[^/]+)\/[^/]+/.exec(target.fragment) ?? [];
    if (kind) context.references.loseInto(`${target.file}#${kind}`);
  }
  const meant = nearby(context, ref, from);
  if (meant?.ref !== undefined) {
    resolveRef(context, meant.ref, from);
    context.references.suggest(resolutionKey(meant.ref, from));
  }
  return meant;
}
