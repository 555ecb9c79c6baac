import type { Diagnostic, DiagnosticCode } from '../diagnostics/index.ts';
import type { Workspace } from '../model/index.ts';

/**
 * Lint: rules over a workspace. A rule is a row of the table in `rules.ts`; it looks at the model alone, finds, and
 * leaves severity and words to its codes.
 */
export interface Rule {
  /** The codes that it may report. */
  readonly codes: readonly DiagnosticCode[];
  /** Looks at schemas as they are written; the others see each misspelt keyword as it was meant (as-meant.ts). */
  readonly asWritten?: true;
  readonly check: (workspace: Workspace) => Iterable<Diagnostic>;
}
