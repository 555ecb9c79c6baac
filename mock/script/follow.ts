import type { Flow, NodeId, Workspace } from '@chirograph/contract/model';
import type { Cue, Role } from './role.ts';
import type { Story } from './story.ts';

/**
 * The cues that a message gives, once it is part of the story. A flow may end in several ways; the service goes one of
 * them (`flowOf`). Joins wait until one message of each branch has come.
 * @param preferred names of flows, those to be followed where there is a choice
 */
export function follow(
  workspace: Workspace,
  role: Role,
  story: Story,
  message: NodeId,
  preferred: readonly string[] = [],
): readonly Cue[] {
  const flow = flowOf(workspace, story, message, preferred);
  return role.cues.filter(
    (cue) =>
      (cue.flow === undefined || cue.flow === flow?.id) &&
      cue.after.some((group) => group.includes(message)) &&
      cue.after.every((group) => group.some((it) => it === message || story.heard.has(it))),
  );
}

/**
 * The flow that a message is taken to be part of: among those with a step for it, the one with steps for most of what
 * was heard before; then what is preferred; then the first as declared, which is how things go when all goes well.
 */
export function flowOf(
  workspace: Workspace,
  story: Story,
  message: NodeId,
  preferred: readonly string[] = [],
): Flow | undefined {
  let best: Flow | undefined;
  let bestRank: readonly [number, number] = [-1, -1];
  for (const flow of workspace.flows) {
    const carried = messagesIn(workspace, flow);
    if (!carried.has(message)) continue;
    const known = [...story.heard].filter((it) => carried.has(it)).length;
    const rank = [known, preferred.includes(flow.name) ? 1 : 0] as const;
    if (rank[0] > bestRank[0] || (rank[0] === bestRank[0] && rank[1] > bestRank[1])) {
      best = flow;
      bestRank = rank;
    }
  }
  return best;
}

function messagesIn({ operations }: Workspace, flow: Flow): ReadonlySet<NodeId> {
  const steps = new Set(flow.steps.map((it) => it.operation));
  return new Set(operations.filter((it) => steps.has(it.id)).flatMap((it) => it.messages));
}
