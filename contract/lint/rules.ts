import type { Rule } from './rule.ts';
import { alternatives } from './rules/alternatives.ts';
import { choices } from './rules/choices.ts';
import { closedBranch } from './rules/closed-branch.ts';
import { contentType } from './rules/content-type.ts';
import { discriminator } from './rules/discriminator.ts';
import { documentation } from './rules/documentation.ts';
import { domainShared } from './rules/domain-shared.ts';
import { envelopeMismatch } from './rules/envelope-mismatch.ts';
import { examples } from './rules/examples.ts';
import { guarantees } from './rules/guarantees.ts';
import { keywordEffect } from './rules/keyword-effect.ts';
import { keywordKnown } from './rules/keyword-known.ts';
import { keywordLater } from './rules/keyword-later.ts';
import { locations } from './rules/locations.ts';
import { loneSurrogate } from './rules/lone-surrogate.ts';
import { naming } from './rules/naming.ts';
import { noSender } from './rules/no-sender.ts';
import { oneDefinition } from './rules/one-definition.ts';
import { ownPart } from './rules/own-part.ts';
import { owner } from './rules/owner.ts';
import { pathUnknown } from './rules/path-unknown.ts';
import { personalData } from './rules/personal-data.ts';
import { requiredKnown } from './rules/required-known.ts';
import { satisfiable } from './rules/satisfiable.ts';
import { schemaKind } from './rules/schema-kind.ts';
import { schemaValues } from './rules/schema-values.ts';
import { formatKnown, patternSlashes, patternSpeed } from './rules/schema-words.ts';
import { upcastMissing } from './rules/upcast-missing.ts';
import { upcasts } from './rules/upcasts.ts';

/** Every rule. Each has cases beside it and a page for each of its codes in docs/diagnostics. */
export const RULES: readonly Rule[] = [
  alternatives,
  choices,
  closedBranch,
  contentType,
  loneSurrogate,
  discriminator,
  documentation,
  domainShared,
  envelopeMismatch,
  examples,
  formatKnown,
  guarantees,
  keywordEffect,
  keywordKnown,
  keywordLater,
  locations,
  naming,
  noSender,
  oneDefinition,
  ownPart,
  owner,
  pathUnknown,
  patternSlashes,
  patternSpeed,
  personalData,
  requiredKnown,
  satisfiable,
  schemaKind,
  schemaValues,
  upcastMissing,
  upcasts,
];
