import { carriedBy, type NodeId, type Operation, type Workspace } from '@chirograph/contract/model';
import type { Hit } from './finding.ts';

/** Both states of a workspace. */
export interface States {
  readonly base: Workspace;
  readonly head: Workspace;
}

/**
 * The operations of the base by which services send or receive some messages, as replies too: those that were there before the change
 * and live with what was promised then. Each is shown where it stands now, or where it stood.
 */
export function hitsOf(
  { base, head }: States,
  messages: readonly NodeId[],
  action: Operation['action'],
): Hit[] {
  const wanted = new Set(messages);
  const now = new Map(head.operations.map((it) => [it.id, it]));
  return base.operations
    .filter((it) => carriedBy(it, action).messages.some((id) => wanted.has(id)))
    .flatMap((operation) => {
      const service = base.services.find(({ id }) => id === operation.service);
      const channel = base.channels.find(
        ({ id }) => id === (carriedBy(operation, action).channel ?? operation.channel),
      );
      if (!service || !channel) return [];
      const current = now.get(operation.id);
      return [
        {
          domain: service.domain,
          service: service.name,
          action,
          channel: channel.address ?? channel.key,
          operation: operation.id,
          at: { ...(current ?? operation).at, part: 'key' as const },
          side: current ? ('head' as const) : ('base' as const),
        },
      ];
    });
}
