/** `npm run demo`: the stories of all domains; `npm run demo -- shop`: that of one, on any broker and store. */
import type { Infrastructure } from './shared/infrastructure/options.ts';
import { infrastructureUsage, notNew, readOptions } from './shared/infrastructure/options.ts';
import { isServer } from './shared/infrastructure/store.ts';

type Play = (infrastructure: Infrastructure) => Promise<void>;

const print = (text: string) => void process.stdout.write(text);

/** Loaded when they are played, so that help comes at once. */
const STORIES: Readonly<Record<string, Play>> = {
  async loyalty(infrastructure) {
    const { play } = await import('./loyalty/demo/play.ts');
    const { page } = await import('./shared/demo/page.ts');
    await play(infrastructure, page(process.stdout));
  },
  async shop(infrastructure) {
    await tell(infrastructure, (await import('./shop/demo/telling.ts')).telling);
  },
  async ticketing(infrastructure) {
    await tell(infrastructure, (await import('./ticketing/demo/telling.ts')).telling);
  },
  async checkout(infrastructure) {
    await tell(infrastructure, (await import('./checkout/demo/telling.ts')).telling);
  },
  async 'learning-platform'(infrastructure) {
    await tell(infrastructure, (await import('./learning-platform/demo/telling.ts')).telling);
  },
};
const NAMES = Object.keys(STORIES);

const usage = `Usage: npm run demo -- [domain ...] [options]

Plays the story of a domain and prints what happens: ${NAMES.join(', ')};
all of them without a name.

${infrastructureUsage}
Colour on terminals; NO_COLOR and FORCE_COLOR are heeded.
Ends with 0, with 1 if a story does not come out as told, with 2 if it cannot begin.
`;

async function tell<Services extends { start(): Promise<void>; stop(): Promise<void> }>(
  infrastructure: Infrastructure,
  telling: import('./shared/demo/tell-story.ts').Telling<Services>,
): Promise<void> {
  const { tellStory } = await import('./shared/demo/tell-story.ts');
  await tellStory(telling, infrastructure, print);
  print('\n  All came out as told.\n');
}

/** Says what went wrong; answers the exit code. */
function complain(error: unknown): number {
  const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
  if (name === 'StoryError') {
    process.stderr.write(`\nThe story went wrong. ${message}\n`);
    return 1;
  }
  process.stderr.write(
    `\n${name === 'BrokerUnavailableError' || name === 'StoreUnavailableError' ? message : stack}\n`,
  );
  return 2;
}

/** What is wrong with what was asked for. */
function misuse(names: readonly string[], store: string | undefined): string | undefined {
  const unknown = names.find((it) => !(it in STORIES));
  if (unknown !== undefined) return `There is no demo of ${unknown}; there are ${NAMES.join(', ')}.`;
  if (names.length !== 1 && store !== undefined && !isServer(store))
    return `--store ${store}: a file holds one story. Name the domain: npm run demo -- loyalty --store ${store}`;
  return notNew(store);
}

const options = readOptions(process.argv.slice(2), process.env);
if (options.kind === 'help') {
  print(usage);
} else {
  const wrong = options.kind === 'misuse' ? options.message : misuse(options.names, options.store);
  if (wrong !== undefined || options.kind === 'misuse') {
    process.stderr.write(`${wrong}\n\n${usage}`);
    process.exitCode = 2;
  } else {
    const names = options.names.length > 0 ? options.names : NAMES;
    try {
      for (const name of names) {
        if (names.length > 1) print(`\n${`== ${name} `.padEnd(100, '=')}\n`);
        await STORIES[name]?.(options);
      }
      if (names.length > 1) print(`\n${names.length} stories came out as told: ${names.join(', ')}.\n`);
    } catch (error) {
      process.exitCode = complain(error);
    }
  }
}
