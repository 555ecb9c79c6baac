import type { Reader } from '@chirograph/contract/load';
import type { Lock } from '../remote/lock-file.ts';

/**
 * Bases: where the former contracts come from. A base is read in place: no checkout is made and nothing is left behind.
 */

/** The former contracts. Their files have the names that they would have in the workspace today. */
export interface Base {
  /** What a person would call it: `main`, `v1.2.0`, `../released`. */
  readonly name: string;
  readonly reader: Reader;
  /** What URLs held then, where that was written down. */
  readonly lock: () => Lock | undefined;
}
