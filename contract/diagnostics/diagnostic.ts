import type { Location } from '@chirograph/schema';
import type { Part } from '../source/locate.ts';
import type { DiagnosticCode } from './codes.ts';
import type { Severity } from './severity.ts';

/**
 * Diagnostics: what the tool has to say about a contract, as data. Every text is written once, in `codes.ts`; who finds
 * a fault supplies the place and the particulars; who prints it decides how it looks.
 */

/** A code of ours, or of a user's own rule. */
export type RuleCode = DiagnosticCode | `${string}/${string}`;

export interface Diagnostic {
  readonly code: RuleCode;
  readonly severity: Severity;
  /** What is wrong, one sentence without a full stop. */
  readonly message: string;
  readonly at: Place;
  /** A few words beside the caret. */
  readonly note?: string;
  /** What to do about it. */
  readonly fix?: string;
  readonly related: readonly Related[];
  /** What findings of the same cause in several documents have in common; where left out, their code and message. */
  readonly cause?: string;
  /** The other places of the same fault, where findings of one cause have been put together (`onePerCause`). */
  readonly others?: readonly Place[];
}

/** A location and which part of it is meant; `offset` where the text could not be parsed and no pointer leads there. */
export interface Place extends Location {
  readonly part?: Part;
  readonly offset?: number;
}

/** Another place that belongs to the finding. */
export interface Related {
  readonly message: string;
  readonly at: Place;
}
