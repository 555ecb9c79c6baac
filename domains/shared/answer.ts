import type { HandlerContext, Log, Outcome, Refusal } from '@chirograph/runtime';

/** What the sender of a refused command is told. */
export interface RefusalData<Name extends string, Failure extends string> {
  readonly commandId: string;
  readonly command: Name;
  readonly failure: Failure;
  readonly message: string;
}

/** A code of a decision, such as `order-not-found`, as contracts write it: `ORDER_NOT_FOUND`. */
function contractCode(code: string): string {
  return code.replaceAll('-', '_').toUpperCase();
}

/** What a service decided, or did without an entity of its own. */
type Answered<Code extends string> = Outcome<unknown, Code> | Refusal<Code> | { readonly kind: 'initiated' };

/**
 * Has the sender of a command told where it was refused, and the log say what became of it.
 * @param tell sends the refusal; the failure is as contracts write it
 */
export async function answer(
  name: string,
  outcome: Answered<string>,
  say: (did: string) => void,
  tell: (refusal: { readonly failure: string; readonly message: string }) => Promise<unknown>,
): Promise<void> {
  if (outcome.kind !== 'refused') return say(`${name} done`);
  const { code, message } = outcome;
  await tell({ failure: contractCode(code), message });
  say(`refuses: ${message}`);
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
  return (command, outcome, context, { subject = command.subject ?? command.id, ...about } = {}) =>
    answer(
      command.type,
      outcome,
      (did) => log(context, did),
      (refusal) => {
        const data = { ...about, commandId: command.id, command: command.type, ...refusal };
        return send({ subject, data: data as unknown as Data }, context);
      },
    );
}

/**
 * `about`: what else the refusal names, such as the order that the command was about; `subject`: what the refusal is about, where the command has none.
 */
export type Answer<Data extends RefusalData<string, string>> = (
  command: { readonly id: string; readonly type: Data['command']; readonly subject?: string },
  outcome: Answered<Data['failure']>,
  context: HandlerContext,
  about?: Partial<Omit<Data, keyof RefusalData<string, string>>> & { readonly subject?: string },
) => Promise<void>;
