import { type Diagnostic, diagnose } from '../diagnostics/index.ts';
import type { Location } from '../model/index.ts';
import { childPointer, isObject } from '../source/index.ts';
import type { Loading, Resolution, Written } from './loading.ts';
import { nearby } from './nearby.ts';
import { childAt } from './read.ts';
import { refOf, resolveRef } from './resolve.ts';

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
      return diagnose('reference/unresolved', at, { ref, suggestion: nearby(loading, ref, owner.file) });
    case 'unfetched':
      return diagnose('reference/unfetched', at, { ref, reason: resolution.reason });
    case 'changed':
      return diagnose('reference/changed', at, { ref, ...resolution });
    default:
      return diagnose(`reference/${resolution.kind}`, at, { ref });
  }
}
