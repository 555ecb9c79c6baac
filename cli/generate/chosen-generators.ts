import { GENERATORS, GENERATORS_BY_NAME, type Generator } from '@chirograph/generators';
import type { Settings } from '../config/read-config.ts';
import { Failure } from '../exit.ts';

/** The generators of a domain, as the config says, and in the order in which it names them. */
export function chosenGenerators(settings: Settings, domain: string): readonly Generator[] {
  const chosen = settings.domains[domain]?.generators ?? settings.generators;
  if (chosen === undefined) return GENERATORS;
  const generators = chosen.map((it): Generator => (typeof it === 'string' ? byName(it) : it));
  for (const { name, needs = [] } of generators) {
    const missing = needs.filter((need) => !generators.some((it) => it.name === need));
    if (missing.length === 0) continue;
    throw new Failure(
      `the generator \`${name}\` prints imports from ${missing.map((it) => `\`${it}\``).join(' and ')}`,
      `Add ${missing.join(', ')} to \`generators\` in the config.`,
    );
  }
  return generators;
}

function byName(name: string): Generator {
  const known: Readonly<Record<string, Generator>> = GENERATORS_BY_NAME;
  const found = Object.hasOwn(known, name) ? known[name] : undefined;
  if (found) return found;
  throw new Failure(
    `there is no generator called \`${name}\``,
    `Ours are ${Object.keys(known).join(', ')}. One of yours is given as it is: import it into the config.`,
  );
}
