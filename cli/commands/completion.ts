import { completionScript, SHELLS } from '../completion/script.ts';
import { EXIT, Failure } from '../exit.ts';
import type { Run } from './command.ts';

/** `chirograph completion`: a script by which a shell completes commands, options and their values. */
export const run: Run = async ([shell = ''], _, io) => {
  const { COMMANDS } = await import('./commands.ts');
  const found = SHELLS.find((it) => it === shell);
  if (found === undefined)
    throw new Failure(`there is no completion for \`${shell}\``, `The shells are ${SHELLS.join(', ')}.`);
  io.out(completionScript(found, COMMANDS));
  return EXIT.clean;
};
