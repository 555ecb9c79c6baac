/** Who asks for what, and how a refusal is told: the same for all services that take commands. */
import type { RequestedBy } from '@chirograph/generated/learning-platform/types';
import type { CommandContext, HandlerContext, Log, Outcome } from '@chirograph/runtime';
import { answer } from '../shared/answer.ts';

/** Where a command comes from. `by`: the user who asks; absent when the staff of the platform do. */
export interface Asked extends CommandContext {
  readonly by?: string | undefined;
}

/** What of a handler's context is needed here: not what the message's headers said. */
type HandledIn = Pick<HandlerContext, 'tx' | 'causedBy'>;

/** Nobody has this id. */
const VISITOR = 'visitor';

/** The user who asks, as decisions know them: undefined for the staff, and somebody without anything for a visitor. */
export function userWhoAsks({ role, user_id }: RequestedBy): string | undefined {
  if (role === 'admin') return undefined;
  return role === 'user' && user_id !== undefined ? user_id : VISITOR;
}

/** A handler's context, with who asks. */
export function asked(command: { readonly requested_by: RequestedBy }, context: HandledIn): Asked {
  const { tx, causedBy } = context;
  return { tx, causedBy, by: userWhoAsks(command.requested_by) };
}

interface RefusalPayload {
  readonly command_id: string;
  readonly command: string;
  readonly failure: string;
  readonly message: string;
}

/**
 * How a service answers commands: by its event where it refuses, and in its log.
 * @param send the producer's method for that event
 */
export function answering<Payload extends RefusalPayload>(
  send: (
    message: { readonly aggregate_id: string; readonly payload: Payload },
    context: HandledIn,
  ) => Promise<unknown>,
  log: Log,
) {
  return async (
    { command_id }: { readonly command_id: string },
    command: Payload['command'],
    aggregate_id: string,
    outcome: Outcome<unknown, string>,
    context: HandledIn,
  ): Promise<void> => {
    await answer(
      command,
      outcome,
      (did) => log(context, did),
      (refusal) => send({ aggregate_id, payload: { command_id, command, ...refusal } as Payload }, context),
    );
  };
}
