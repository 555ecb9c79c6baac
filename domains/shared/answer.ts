import type { HandlerContext, Log, Outcome, Refusal } from '@chirograph/runtime';

/** What the sender of a refused command is told. */
export interface RefusalData<Name extends string, Failure extends string> {
  readonly commandId: string;
  readonly command: Name;
  readonly failure: Failure;
  readonly message: string;
}

/** A code of a decision, such as `order-not-found`, as contracts write it: `ORDER_NOT_FOUND`. */
export function contractCode(code: string): string {
  return code.replaceAll('-', '_').toUpperCase();
}

/** The refusal as an event's data; undefined when the command was accepted. */
export function refusalOf<Name extends string, Failure extends string>(
  command: { readonly id: string; readonly type: Name },
  outcome: Outcome<unknown, Failure> | Refusal<Failure>,
): RefusalData<Name, Failure> | undefined {
  if (outcome.kind !== 'refused') return undefined;
  const { code: failure, message } = outcome;
  return { commandId: command.id, command: command.type, failure, message };
}

/**
 * How a service answers commands: by its event `command-refused` where it refuses, and in its log.
 * @param send the producer's method for that event
 */
export function answering<Data extends RefusalData<string, string>>(
  send: (
    message: { readonly subject: string; readonly data: Data },
    context: HandlerContext,
  ) => Promise<unknown>,
  log: Log,
): Answer<Data> {
  return async (command, outcome, context, about) => {
    const refusal = refusalOf(command, outcome);
    if (refusal) await send({ subject: command.subject, data: { ...about, ...refusal } as Data }, context);
    log(context, refusal ? `refuses: ${refusal.message}` : `${command.type} done`);
  };
}

/** `about`: what else the refusal names, such as the order that the command was about. */
export type Answer<Data extends RefusalData<string, string>> = (
  command: { readonly id: string; readonly type: Data['command']; readonly subject: string },
  outcome: Outcome<unknown, Data['failure']>,
  context: HandlerContext,
  about?: Partial<Omit<Data, keyof RefusalData<string, string>>>,
) => Promise<void>;
