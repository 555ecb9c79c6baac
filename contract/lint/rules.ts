import type { Rule } from './rule.ts';
import { documentation } from './rules/documentation.ts';
import { duplicateIdentity } from './rules/duplicate-identity.ts';
import { envelopeMismatch } from './rules/envelope-mismatch.ts';
import { examples } from './rules/examples.ts';
import { guarantees } from './rules/guarantees.ts';
import { noSender } from './rules/no-sender.ts';
import { pathUnknown } from './rules/path-unknown.ts';
import { upcastMissing } from './rules/upcast-missing.ts';

/** Every rule. Each has cases beside it and a page for each of its codes in docs/diagnostics. */
export const RULES: readonly Rule[] = [
  examples,
  duplicateIdentity,
  envelopeMismatch,
  pathUnknown,
  upcastMissing,
  noSender,
  documentation,
  guarantees,
];
