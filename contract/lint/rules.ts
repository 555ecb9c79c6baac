import type { Rule } from './rule.ts';
import { documentation } from './rules/documentation.ts';
import { envelopeMismatch } from './rules/envelope-mismatch.ts';
import { examples } from './rules/examples.ts';
import { guarantees } from './rules/guarantees.ts';
import { naming } from './rules/naming.ts';
import { noSender } from './rules/no-sender.ts';
import { oneDefinition } from './rules/one-definition.ts';
import { owner } from './rules/owner.ts';
import { pathUnknown } from './rules/path-unknown.ts';
import { personalData } from './rules/personal-data.ts';
import { requiredKnown } from './rules/required-known.ts';
import { satisfiable } from './rules/satisfiable.ts';
import { schemaValues } from './rules/schema-values.ts';
import { formatKnown, patternSpeed } from './rules/schema-words.ts';
import { upcastMissing } from './rules/upcast-missing.ts';
import { upcasts } from './rules/upcasts.ts';

/** Every rule. Each has cases beside it and a page for each of its codes in docs/diagnostics. */
export const RULES: readonly Rule[] = [
  documentation,
  envelopeMismatch,
  examples,
  formatKnown,
  guarantees,
  naming,
  noSender,
  oneDefinition,
  owner,
  pathUnknown,
  patternSpeed,
  personalData,
  requiredKnown,
  satisfiable,
  schemaValues,
  upcastMissing,
  upcasts,
];
