import { unlikePairs } from '@chirograph/compat/readers/pairs';
import type { Diagnostic } from '@chirograph/contract/diagnostics';
import { isOn } from '@chirograph/contract/lint';
import type { Workspace } from '@chirograph/contract/model';
import type { Settings } from '../config/read-config.ts';

/**
 * What readers need of their senders and do not get. Where every reader refers to its sender's message nothing is to be
 * proved, and what proves it is not loaded.
 */
export async function readerFindings(
  workspace: Workspace,
  { lint, compat }: Settings,
): Promise<readonly Diagnostic[]> {
  if (!isOn('message/reader-needs-more', lint) || unlikePairs(workspace).length === 0) return [];
  const { checkReaders } = await import('@chirograph/compat/readers');
  return checkReaders(workspace, compat);
}
