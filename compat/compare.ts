import type { Workspace } from '@chirograph/contract/model';
import type { Change } from './change.ts';
import { compareChannels } from './compare/compare-channels.ts';
import { compareFlows } from './compare/compare-flows.ts';
import { compareMessages } from './compare/compare-messages.ts';
import { compareOperations } from './compare/compare-operations.ts';
import { compareServices } from './compare/compare-services.ts';
import { matchWorkspaces } from './compare/sides.ts';
import { isKnown } from './missing/is-known.ts';

/**
 * Every fact in which two states of a workspace differ, matched by identity and never by position: a component that
 * moved, a channel with another key, operations in another order are no change. Nothing is stated that rests on a
 * reference that does not resolve.
 */
export function compare(base: Workspace, head: Workspace): Change[] {
  const matching = matchWorkspaces(base, head);
  const changes = [
    ...compareServices(matching),
    ...compareChannels(matching),
    ...compareOperations(matching),
    ...compareMessages(matching),
    ...compareFlows(base, head),
  ];
  return changes.filter((it) => isKnown(it, { base, head }));
}
