import { AGREEMENT_CODES } from './agreement-codes.ts';
import { DOCUMENT_CODES } from './document-codes.ts';
import { MESSAGE_CODES } from './message-codes.ts';
import { SCHEMA_CODES } from './schema-codes.ts';

/**
 * Every code with its texts. A code is `<what is at fault>/<how>`; it never changes its meaning once released, and each
 * has a page in docs/diagnostics. Those of changes are the rules of compatibility (compat/rules).
 */
export const CODES = {
  ...DOCUMENT_CODES,
  ...AGREEMENT_CODES,
  ...SCHEMA_CODES,
  ...MESSAGE_CODES,
} as const;

export type DiagnosticCode = keyof typeof CODES;

/** The particulars that a code's texts need. */
export type ParamsOf<Code extends DiagnosticCode> = Parameters<(typeof CODES)[Code]['message']>[0];
