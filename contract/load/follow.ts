import { childPointer, isObject, type Location } from '@chirograph/schema';
import { type Diagnostic, diagnose } from '../diagnostics/index.ts';
import type { Loading, Meant, Resolution, Written } from './loading.ts';
import { nearby } from './nearby.ts';
import { childAt } from './read.ts';
import { refOf, resolutionKey, resolveRef, targetOf } from './resolve.ts';

/**
 * The definition that a value stands for: itself, or where its `$ref` leads, through as many references as it takes.
 * Answers undefined, and reports, where it leads nowhere.
 */
export function follow(loading: Loading, written: Written): Written | undefined {
  const ref = refOf(written.value);
  if (ref === undefined) return written;
  const resolution = resolveRef(loading, ref, written.at.file);
  if (resolution.kind === 'definition') return resolution.written;
  if (resolution.kind === 'circular' && loading.loops.has(resolution.loop)) return undefined;
  const fault = faultOf(loading, resolution, ref, written.at);
  if (fault) loading.report(fault);
  if (fault && resolution.kind === 'circular') loading.loops.set(resolution.loop, fault);
  return undefined;
}

/** The entries of a mapping at a key, which may itself be a reference: `channels: { $ref: channels.yaml }`. */
export function entriesAt(
  loading: Loading,
  owner: Written,
  key: string,
): { readonly key: string; readonly written: Written }[] {
  const container = follow(loading, childAt(owner, key));
  if (!isObject(container?.value)) return [];
  return Object.keys(container.value).map((name) => ({ key: name, written: childAt(container, name) }));
}

/**
 * Like `follow`, and where a reference leads nowhere but one much like it does not, the definition that was meant: for
 * channels and messages, so that one misspelt reference is one finding and not also a message that nobody sends.
 */
export function followMeant(loading: Loading, written: Written): Written | undefined {
  const target = follow(loading, written);
  const ref = refOf(written.value);
  if (target || ref === undefined) return target;
  if (resolveRef(loading, ref, written.at.file).kind !== 'unresolved') return undefined;
  const meant = meantBy(loading, ref, written.at.file)?.ref;
  const resolution = meant === undefined ? undefined : resolveRef(loading, meant, written.at.file);
  return resolution?.kind === 'definition' ? resolution.written : undefined;
}

function faultOf(
  loading: Loading,
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
      loading.unresolved.set(`${at.file}#${at.pointer}`, {
        ref,
        at,
        meant: meantBy(loading, ref, owner.file),
      });
      return undefined;
    case 'unfetched':
      return diagnose('reference/unfetched', at, { ref, reason: resolution.reason });
    case 'changed':
      return diagnose('reference/changed', at, { ref, ...resolution });
    default:
      return diagnose(`reference/${resolution.kind}`, at, { ref });
  }
}

/** What a reference that leads nowhere was to lead to; what may have been meant counts as used. */
function meantBy(loading: Loading, ref: string, from: string): Meant | undefined {
  const target = targetOf(ref, from);
  if (target.kind === 'location') {
    const [, kind] = /^(\/components\/[^/]+)\/[^/]+/.exec(target.fragment) ?? [];
    if (kind) loading.lost.add(`${target.file}#${kind}`);
  }
  const meant = nearby(loading, ref, from);
  if (meant?.ref !== undefined) {
    resolveRef(loading, meant.ref, from);
    loading.suggested.add(resolutionKey(meant.ref, from));
  }
  return meant;
}
