/** How the services of the domain answer commands: by their event where they refuse, and in their log. */
import type { HandlerContext, Log, Outcome, Refusal } from '@chirograph/runtime';
import { answer } from '../shared/answer.ts';

interface RefusalData {
  readonly commandId: string;
  readonly command: string;
  readonly failure: string;
  readonly message: string;
}

/** @param send the producer's method for that event */
export function answering<Data extends RefusalData>(
  send: (
    message: { readonly aggregateId: string; readonly data: Data },
    context: HandlerContext,
  ) => Promise<unknown>,
  log: Log,
) {
  return async (
    command: { readonly commandId: string; readonly commandType: Data['command'] },
    aggregateId: string,
    outcome: Outcome<unknown, string> | Refusal<string>,
    context: HandlerContext,
  ): Promise<void> => {
    const { commandId, commandType } = command;
    await answer(
      commandType,
      outcome,
      (did) => log(context, did),
      (refusal) =>
        send({ aggregateId, data: { commandId, command: commandType, ...refusal } as Data }, context),
    );
  };
}
