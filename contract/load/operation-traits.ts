import { follow } from './follow.ts';
import type { LoadContext } from './load-context.ts';
import type { Located } from './located.ts';
import { childrenAt } from './read.ts';

/** The traits of an operation, in the order of merging. */
export function traitsOf(context: LoadContext, operation: Located): Located[] {
  return childrenAt(operation, 'traits').flatMap(({ written }) => follow(context, written) ?? []);
}
