import { HEADERS_CODES, PAYLOAD_CODES } from './payload-codes.ts';
import { WORKSPACE_CODES } from './workspace-codes.ts';

/** Every code of the compat command: a change between two states of contracts. Each has a page in docs/compat. */
export const COMPAT_CODES = { ...WORKSPACE_CODES, ...PAYLOAD_CODES, ...HEADERS_CODES } as const;

/** The id of a rule of compatibility. */
export type ChangeCode = keyof typeof COMPAT_CODES;

/** True for codes of the compat command. */
export function isChangeCode(code: string): code is ChangeCode {
  return Object.hasOwn(COMPAT_CODES, code);
}
