import { GENERATORS, GENERATORS_BY_NAME, type Generator } from '@chirograph/generators';
import type { Settings } from '../config/read-config.ts';
import { CommandError } from '../exit.ts';
import { sentenceList } from '../terminal/words.ts';

/** The generators of a domain, as the config says, and in the order in which it names them. */
export function chosenGenerators(settings: Settings, domain: string): readonly Generator[] {
  const chosen = settings.domains[domain]?.generators ?? settings.generators;
  if (chosen === undefined) return GENERATORS;
  const generators = chosen.map((it): Generator => (typeof it === 'string' ? byName(it) : it));
  refuseRivals(generators);
  for (const { name } of generators) {
    const missing = [...needsOf(name, generators)].filter(
      (need) => !generators.some((it) => it.name === need),
    );
    if (missing.length === 0) continue;
    throw new CommandError(
      `the generator \`${name}\` needs the files of ${sentenceList(missing.map((it) => `\`${it}\``))}`,
      `Add ${missing.join(', ')} to \`generators\` in the config.`,
    );
  }
  return generators;
}

/** Two that go by one name would write the same files. */
function refuseRivals(generators: readonly Generator[]): void {
  const rival = generators.find((it, i) =>
    generators.some((other, j) => j < i && other.name === it.name && (other === it || isOurs(it.name))),
  );
  const pretender = generators.find(
    (it) => isOurs(it.name) && !Object.values(GENERATORS_BY_NAME).includes(it),
  );
  if (rival)
    throw new CommandError(
      `the generator \`${rival.name}\` is in \`generators\` twice`,
      'Take one of them out.',
    );
  if (pretender)
    throw new CommandError(
      `a generator of yours is called \`${pretender.name}\`, as one of ours is`,
      'Give it another name.',
    );
}

function isOurs(name: string): boolean {
  return Object.hasOwn(GENERATORS_BY_NAME, name);
}

/** What a generator needs, and what that needs: so that one message names them all. */
function needsOf(name: string, chosen: readonly Generator[], found = new Set<string>()): Set<string> {
  const generator = chosen.find((it) => it.name === name) ?? (isOurs(name) ? byName(name) : undefined);
  for (const need of generator?.needs ?? []) {
    if (found.has(need)) continue;
    found.add(need);
    needsOf(need, chosen, found);
  }
  return found;
}

function byName(name: string): Generator {
  const known: Readonly<Record<string, Generator>> = GENERATORS_BY_NAME;
  const found = Object.hasOwn(known, name) ? known[name] : undefined;
  if (found) return found;
  throw new CommandError(
    `there is no generator called \`${name}\``,
    `Ours are ${Object.keys(known).join(', ')}. One of yours is given as it is: import it into the config.`,
  );
}
