import { type ChangeCode, RULES } from '@chirograph/compat/rules';
import { CODES, type DiagnosticCode, type Severity } from '@chirograph/contract/diagnostics';

/** A code that a command reports: of a contract as it is, or of a change of one. */
export type Code = DiagnosticCode | ChangeCode;

/** Every code with its title and severity. */
export const ALL_CODES: Readonly<Record<Code, { readonly title: string; readonly severity: Severity }>> = {
  ...CODES,
  ...RULES,
};

/** True for a code of ours; a user's own rules have others. */
export function isCode(code: string): code is Code {
  return Object.hasOwn(ALL_CODES, code);
}
