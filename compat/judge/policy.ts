import type { Severity } from '@chirograph/contract/diagnostics';
import type { Message } from '@chirograph/contract/model';
import type { Formats } from '@chirograph/schema/containment';
import type { ChangeCode } from '../rules/rules.ts';
import type { Approval } from './approval.ts';

/**
 * What a producer is taken to write. `declared`: what its contract names, and nothing else. `literal`: everything that
 * its schema lets through, as a strict schema registry has it.
 */
export type Writers = 'declared' | 'literal';

/**
 * Which directions must hold, in the words of schema registries. BACKWARD: new consumers read old messages. FORWARD: old
 * consumers read new messages. The transitive ones hold against every base, not the nearest alone.
 */
export type CompatMode =
  | 'NONE'
  | 'BACKWARD'
  | 'BACKWARD_TRANSITIVE'
  | 'FORWARD'
  | 'FORWARD_TRANSITIVE'
  | 'FULL'
  | 'FULL_TRANSITIVE';

/** What is asked of some messages. Without a mode it follows from who sends and receives them (see `defaultMode`). */
export interface Demand {
  readonly mode?: CompatMode;
  readonly writers?: Writers;
  /** Whether a `format` refuses strings. Default: `assert`, as validators with ajv-formats have it. */
  readonly formats?: Formats;
}

/** How schemas are read: what is taken to be written, and what a format says. */
export interface Terms {
  readonly writers: Writers;
  readonly formats: Formats;
}

/** By what a change is judged. What is said of a message counts more than what is said of its domain. */
export interface Policy extends Demand {
  readonly domains?: Readonly<Record<string, Demand>>;
  /** By the name on the wire: `shop.order.placed`. */
  readonly messages?: Readonly<Record<string, Demand>>;
  /** Another severity for a change that affects, or `off`. */
  readonly severities?: Readonly<Partial<Record<ChangeCode, Severity | 'off'>>>;
  /**
   * What a change is that breaks for none of the readers (or senders) of the workspace and may for others. Default: `warning`.
   */
  readonly unknownReaders?: 'warning' | 'error';
  /** How many days a message is deprecated at least before it may go. Default 0. */
  readonly deprecationDays?: number;
  readonly approvals?: readonly Approval[];
  /** The day on which changes are judged, `YYYY-MM-DD`: approvals run out and periods end. */
  readonly today: string;
}

/** The demand on one message. */
export function demandOn({ domain, name }: Pick<Message, 'domain' | 'name'>, policy: Policy): Demand {
  const { mode, writers, formats } = policy;
  return {
    ...(mode && { mode }),
    ...(writers && { writers }),
    ...(formats && { formats }),
    ...policy.domains?.[domain],
    ...policy.messages?.[name],
  };
}

/** How the schemas of one message are read. */
export function termsOf(message: Pick<Message, 'domain' | 'name'>, policy: Policy): Terms {
  const { writers = 'declared', formats = 'assert' } = demandOn(message, policy);
  return { writers, formats };
}
