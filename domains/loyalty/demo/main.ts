/** The demo: one domain, from contract to running events, told as a story that checks itself. */
import { readOptions, usage } from './options.ts';
import { page } from './page.ts';

const FOUND_FAULTY = 1;
const CAN_NOT_BEGIN = 2;

/** Says what went wrong; answers the exit code. */
function complain(error: unknown): number {
  const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
  if (name === 'StoryError') {
    process.stderr.write(`\nThe story went wrong. ${message}\n`);
    return FOUND_FAULTY;
  }
  process.stderr.write(`\n${name === 'NoBroker' || name === 'NoStore' ? message : stack}\n`);
  return CAN_NOT_BEGIN;
}

const options = readOptions(process.argv.slice(2), process.env);
switch (options.kind) {
  case 'help':
    process.stdout.write(usage);
    break;
  case 'misuse':
    process.stderr.write(`${options.message}\n\n${usage}`);
    process.exitCode = CAN_NOT_BEGIN;
    break;
  case 'play':
    try {
      // Loaded here, so that help comes at once.
      const { play } = await import('./play.ts');
      await play(options, page(process.stdout));
    } catch (error) {
      process.exitCode = complain(error);
    }
}
