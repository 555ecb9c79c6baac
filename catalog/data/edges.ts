import type { Workspace } from '@chirograph/contract/model';
import { titleOf } from './addresses.ts';
import { relationsOf } from './relations.ts';
import { servicesOf } from './rows.ts';

/** What one service sends that another receives: numbers of services as the workspace counts them, titles of messages. */
export interface Edge {
  readonly from: number;
  readonly to: number;
  readonly messages: readonly string[];
}

/** Who talks to whom, over all domains; by sender, then by receiver. */
export function edgesOf(workspace: Workspace): Edge[] {
  const relations = relationsOf(workspace);
  const numbers = new Map(workspace.services.map(({ id }, index) => [id, index]));
  return workspace.services.flatMap(({ id }, from) => {
    const sent = new Map<number, Set<string>>();
    for (const use of relations.usesOfService(id, 'send')) {
      const message = relations.message(use.message);
      if (!message) continue;
      for (const receiver of servicesOf(workspace, message, 'receive')) {
        const to = numbers.get(receiver.id) ?? from;
        if (to !== from) sent.set(to, (sent.get(to) ?? new Set()).add(titleOf(message)));
      }
    }
    return [...sent]
      .sort(([a], [b]) => a - b)
      .map(([to, messages]) => ({ from, to, messages: [...messages] }));
  });
}
