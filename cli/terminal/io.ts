/** The outside of a command: everything it may read from or write to besides files. Tests pass their own. */
export interface Io {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The result of the command: text for people, or one clean document for machines. */
  readonly out: (text: string) => void;
  /** What is said beside the result: progress, faults of use. */
  readonly err: (text: string) => void;
  /** Whether `out` may be coloured. */
  readonly color: boolean;
  /** All of standard input. */
  readonly readStdin: () => Promise<string>;
  /** Ends a command that would go on for ever. */
  readonly signal?: AbortSignal;
}

/** The process itself. Colour follows the terminal, `NO_COLOR` and `FORCE_COLOR` (no-color.org, force-color.org). */
export function processIo(): Io {
  const { env, stdout, stderr } = process;
  return {
    cwd: process.cwd(),
    env,
    out: (text) => stdout.write(text),
    err: (text) => stderr.write(text),
    color: env.NO_COLOR ? false : env.FORCE_COLOR ? env.FORCE_COLOR !== '0' : stdout.isTTY === true,
    readStdin: async () => (await import('node:stream/consumers')).text(process.stdin),
  };
}
