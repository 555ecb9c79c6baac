import { CommandError, EXIT } from '../exit.ts';
import type { Command, Run } from './command.ts';
import { completionScript, SHELLS } from './completion-script.ts';

/** `chirograph completion`: a script by which a shell completes commands, options and their values. */
export function completing(commands: readonly Command[]): Run {
  return async ([shell = ''], _, io) => {
    const found = SHELLS.find((it) => it === shell);
    if (found === undefined)
      throw new CommandError(
        `there is no completion for \`${shell}\``,
        `The shells are ${SHELLS.join(', ')}.`,
      );
    io.out(completionScript(found, commands));
    return EXIT.clean;
  };
}
