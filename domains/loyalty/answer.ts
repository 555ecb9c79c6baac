/** How the services of the domain answer commands: by their event where they refuse, and in their log. */
import type { HandlerContext, Log, Outcome, Refusal } from '@chirograph/runtime';
import { contractCode } from '../shared/answer.ts';

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
    if (outcome.kind === 'accepted') return log(context, `${commandType} done`);
    const { code, message } = outcome;
    const data = { commandId, command: commandType, failure: contractCode(code), message } as Data;
    await send({ aggregateId, data }, context);
    log(context, `refuses: ${message}`);
  };
}
