import type { Location } from '@chirograph/schema';
import type { NodeId } from './location.ts';

/** A named sequence of messages through services: a workflow of an Arazzo 1.1 document. */
export interface Flow {
  readonly id: NodeId;
  readonly at: Location;
  readonly domain: string;
  readonly name: string;
  readonly title: string;
  readonly description?: string;
  readonly steps: readonly FlowStep[];
}

/** One operation carried out in a flow. */
export interface FlowStep {
  readonly id: string;
  readonly at: Location;
  readonly description?: string;
  readonly operation: NodeId;
  readonly action: 'send' | 'receive';
  /** The steps after which this one comes: what the document names, else the step before it. */
  readonly after: readonly string[];
  /** What follows where the step fails, in the order of the document; left out where it does not say. */
  readonly onFailure?: readonly FailureAction[];
}

/** What follows a failed step (Arazzo 1.1, "Failure Action Object"). */
export interface FailureAction {
  readonly name: string;
  readonly type: 'end' | 'retry' | 'goto';
  /** Where it goes on: a step of the same flow, or another flow, each by its name. */
  readonly step?: string;
  readonly flow?: string;
  /** Of a retry: milliseconds before it, and how often at most. */
  readonly delay?: number;
  readonly limit?: number;
}
