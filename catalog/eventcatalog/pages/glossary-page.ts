import type { Domain, Schema } from '@chirograph/contract/model';
import { isObject, splitPointer } from '@chirograph/schema';
import type { GeneratedFile } from '../../generated-file.ts';
import { humanize } from '../../text/humanize.ts';
import { slug } from '../../text/slug.ts';
import type { Atlas } from '../atlas.ts';
import { code } from '../text/markdown.ts';
import { page } from '../text/page.ts';

/**
 * The words of a domain, which EventCatalog calls its ubiquitous language: the schemas that its documents share by name
 * and describe. Undefined where there are none.
 */
export function glossaryPage(atlas: Atlas, domain: Domain): GeneratedFile | undefined {
  const terms = Object.values(atlas.workspace.schemas)
    .filter((it) => isShared(it) && folderOf(it) === domain.folder)
    .flatMap((it) => termOf(it) ?? [])
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  if (terms.length === 0) return undefined;
  const ids = new Set<string>();
  const dictionary = terms.filter(({ id }) => !ids.has(id) && ids.add(id));
  return page(`${atlas.domain(domain.name).folder}/ubiquitous-language.mdx`, { dictionary }, []);
}

interface Term {
  readonly id: string;
  readonly name: string;
  readonly summary: string;
  readonly description?: string;
}

function termOf({ name, json }: Schema): Term | undefined {
  if (!isObject(json) || typeof json.description !== 'string') return undefined;
  const title = typeof json.title === 'string' ? json.title : humanize(name);
  const values = Array.isArray(json.enum) ? json.enum.map((it) => code(String(it))) : [];
  return {
    id: slug(name),
    name: title,
    summary: json.description.replace(/\s+/g, ' ').trim(),
    ...(values.length > 0 && { description: `One of ${values.join(', ')}.` }),
  };
}

/** True for a schema that stands under a name for others to refer to. */
function isShared({ at }: Schema): boolean {
  return ['schemas', 'definitions', '$defs'].includes(splitPointer(at.pointer).at(-2) ?? '');
}

function folderOf({ at }: Schema): string {
  return at.file.split('/').slice(0, -1).join('/');
}
