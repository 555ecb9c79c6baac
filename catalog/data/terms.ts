import { oncePer, type Schema, type Workspace } from '@chirograph/contract/model';
import { isObject, type JsonValue, splitPointer } from '@chirograph/schema';
import { humanize } from '../text/humanize.ts';
import type { Term } from './catalog.ts';

/** The words of all domains: the schemas that documents share by name and describe; each once in its domain. */
export const termsOf = oncePer((workspace: Workspace): readonly Term[] => {
  const own = workspace.domains.filter((it) => it.neighbour === undefined);
  const domains = new Map(own.map(({ folder, name }) => [folder, name]));
  const terms = new Map<string, Term>();
  for (const schema of Object.values(workspace.schemas)) {
    const domain = domains.get(schema.at.file.split('/').slice(0, -1).join('/'));
    const term = domain !== undefined && isShared(schema) ? termOf(schema, domain) : undefined;
    if (term && !terms.has(`${domain} ${term.name}`)) terms.set(`${domain} ${term.name}`, term);
  }
  return [...terms.values()].sort(
    (a, b) => a.name.localeCompare(b.name, 'en') || (a.domain < b.domain ? -1 : 1),
  );
});

function termOf({ name, json }: Schema, domain: string): Term | undefined {
  if (!isObject(json) || typeof json.description !== 'string') return undefined;
  const title = typeof json.title === 'string' ? json.title : humanize(name);
  const description = json.description.replace(/\s+/g, ' ').trim();
  // What only says the name again, or that it is one of two words of it, explains nothing.
  if (isRepetition(title, description)) return undefined;
  const type =
    json.type ?? (Array.isArray(json.enum) ? 'string' : isObject(json.properties) ? 'object' : 'any');
  return {
    name: title,
    domain,
    type: [type].flat().join(' or '),
    description,
    ...(Array.isArray(json.enum) && { values: json.enum as JsonValue[] }),
  };
}

function isRepetition(title: string, description: string): boolean {
  const words = (text: string) =>
    text
      .toLowerCase()
      .replace(/[^\p{L}\p{N} ]/gu, '')
      .split(/\s+/)
      .filter(Boolean);
  const known = new Set([...words(title), 'a', 'an', 'the', 'of', 'or', 'and', 'one']);
  return words(description).filter((it) => !known.has(it)).length < 2;
}

/** True for a schema that stands under a name for others to refer to. */
function isShared({ at }: Schema): boolean {
  return ['schemas', 'definitions', '$defs'].includes(splitPointer(at.pointer).at(-2) ?? '');
}
