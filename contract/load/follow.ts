import { type Diagnostic, diagnose } from '../diagnostics/index.ts';
import type { Location } from '../model/index.ts';
import { childPointer } from '../source/index.ts';
import type { Loading, Resolution, Written } from './loading.ts';
import { nearby } from './nearby.ts';
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
  const fault = faultOf(loading, resolution.kind, ref, written.at);
  if (fault) loading.report(fault);
  if (fault && resolution.kind === 'circular') loading.loops.set(resolution.loop, fault);
  return undefined;
}

function faultOf(
  loading: Loading,
  kind: Exclude<Resolution['kind'], 'definition'>,
  ref: string,
  owner: Location,
): Diagnostic | undefined {
  const at = { file: owner.file, pointer: childPointer(owner.pointer, '$ref') };
  switch (kind) {
    case 'broken':
      return undefined;
    case 'unresolved':
      return diagnose('reference/unresolved', at, { ref, suggestion: nearby(loading, ref, owner.file) });
    default:
      return diagnose(`reference/${kind}`, at, { ref });
  }
}
