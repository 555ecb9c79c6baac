import type { Diagnostic, Place } from '@chirograph/contract/diagnostics';
import type { NodeId } from '@chirograph/contract/model';
import type { Change } from '../change.ts';
import type { Party } from '../rules/parties.ts';
import type { Approval } from './approval.ts';
import type { Direction } from './direction.ts';
import type { SuggestedUpcast } from './suggested-upcast.ts';
import type { Witness } from './witness.ts';

/** What a change comes to. `undecided`: neither proved safe nor proved breaking. */
export type Verdict = 'breaking' | 'undecided' | 'warning' | 'safe';

/**
 * A change, judged: a diagnostic that also says who is affected and shows the message that proves it. `at` is in the
 * head; what is gone is shown where it was missed, and `base` says where it stood.
 */
export interface Finding extends Diagnostic {
  readonly verdict: Verdict;
  readonly change: Change;
  /** Stable while the same change is proposed, wherever it moves in its file. Eight hexadecimal digits. */
  readonly fingerprint: string;
  readonly base?: Place;
  readonly impacts: readonly Impact[];
  readonly advice?: Advice;
  readonly approval?: Approval;
  /** An approval whose time is over. */
  readonly expired?: Approval;
}

/** One way in which a change affects. */
export interface Impact {
  readonly parties: readonly Party[];
  readonly direction: Direction | undefined;
  /** The operations through which it affects readers or senders. */
  readonly operations: readonly AffectedOperation[];
  readonly witness?: Witness;
  /** The services that send to those affected. */
  readonly writers?: readonly string[];
  /** The senders affected have contracts of their own, or are not known: none of them goes by what changed. */
  readonly apart?: true;
  /** How long the affected message is kept, in milliseconds. */
  readonly retention?: number;
}

/** A service that is hit, and the operation by which. */
export interface AffectedOperation {
  readonly domain: string;
  readonly service: string;
  readonly action: 'send' | 'receive';
  readonly channel: string;
  readonly operation: NodeId;
  readonly at: Place;
  /** Which state of the contracts `at` belongs to. */
  readonly side: 'base' | 'head';
}

/** What keeps the change compatible, with what was tried to be sure of it. */
export interface Advice {
  /** `fix`: the same version, changed otherwise. `version`: a new one beside it. */
  readonly kind: 'fix' | 'version';
  readonly text: string;
  readonly checked: string;
  /** Of a new version: what makes one of each old message. */
  readonly upcast?: SuggestedUpcast;
  /** Another way. */
  readonly or?: Advice;
}
