import { CommanderError } from 'commander';
import { EXIT, type ExitCode, errorText } from './exit.ts';
import { programFor } from './program.ts';
import type { Io } from './terminal/io.ts';

/**
 * Runs one command line and answers its exit code.
 * @param args what stands behind `chirograph`
 */
export async function main(args: readonly string[], io: Io): Promise<ExitCode> {
  let code: ExitCode = EXIT.clean;
  const program = programFor(io, (outcome) => {
    code = outcome;
  });
  try {
    if (args.length === 0) {
      io.out(program.helpInformation());
      return EXIT.clean;
    }
    await program.parseAsync(args, { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.clean : EXIT.failure;
    io.err(errorText(error));
    return EXIT.failure;
  }
}
