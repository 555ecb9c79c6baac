import type { ExitCode } from '../exit.ts';
import type { Io } from '../terminal/io.ts';
import type { Values } from '../terminal/values.ts';

/**
 * A command as data: what it is called, what it takes, how it is explained. Its work is loaded when it is run, so that
 * help and version answer at once.
 */
export interface Command {
  readonly name: string;
  /** One line, for the list of commands. */
  readonly summary: string;
  readonly arguments: readonly Argument[];
  readonly options: readonly Option[];
  readonly examples: readonly Example[];
  readonly load: () => Promise<{ readonly run: Run }>;
}

export type Run = (args: readonly string[], values: Values, io: Io) => Promise<ExitCode>;

export interface Argument {
  /** As commander writes it: `[paths...]`. */
  readonly syntax: string;
  readonly summary: string;
}

export interface Option {
  /** As commander writes it: `--format <format>`. */
  readonly flags: string;
  readonly summary: string;
  readonly choices?: readonly string[];
  readonly default?: string;
}

export interface Example {
  readonly line: string;
  readonly summary: string;
}
