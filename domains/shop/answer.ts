import type { Outcome, Refusal } from '@chirograph/runtime';

/** What the sender of a refused command is told. */
export interface RefusalData<Name extends string, Failure extends string> {
  readonly commandId: string;
  readonly command: Name;
  readonly failure: Failure;
  readonly message: string;
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
