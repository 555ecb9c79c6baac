import type { Filled } from '../source/filled.ts';
import { type Code, code, docComment } from '../source/source-file.ts';
import { quote } from '../source/text.ts';

/** What producers fill in, as types: what most messages have filled in goes by a name. */
export interface FilledPaths {
  /** The declarations of those names. */
  readonly declarations: readonly Code[];
  /** The type of the paths of a payload; undefined where nothing is filled in. */
  readonly payload: (filled: Filled) => Code | undefined;
  readonly headers: (filled: Filled) => Code | undefined;
}

/** Names for the paths that more than one message has filled in. */
export function filledPaths(filled: readonly Filled[]): FilledPaths {
  const payload = commonest(filled.map((it) => it.payload));
  const headers = commonest(filled.map((it) => it.headers));
  const typeOf = (paths: readonly string[], common: string | undefined, name: string) =>
    paths.length === 0 ? undefined : unionOf(paths) === common ? name : unionOf(paths);
  return {
    declarations: [
      ...declaration('Filled', payload, 'Where producers fill in the envelope.'),
      ...declaration('FilledHeaders', headers, 'The headers that producers fill in.'),
    ],
    payload: (it) => typeOf(it.payload, payload, 'Filled'),
    headers: (it) => typeOf(it.headers, headers, 'FilledHeaders'),
  };
}

function declaration(name: string, union: string | undefined, doc: string): Code[] {
  if (union === undefined) return [];
  const flat = `type ${name} = ${union};`;
  const rows = flat.length <= 110 ? flat : `type ${name} =\n  | ${union.split(' | ').join('\n  | ')};`;
  return [code`${docComment(doc)}\n${rows}`];
}

/** The union that most lists make, if more than one makes it. */
function commonest(lists: readonly (readonly string[])[]): string | undefined {
  const counts = new Map<string, number>();
  for (const list of lists)
    if (list.length > 0) counts.set(unionOf(list), (counts.get(unionOf(list)) ?? 0) + 1);
  const [first] = [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));
  return first !== undefined && first[1] > 1 ? first[0] : undefined;
}

function unionOf(paths: readonly string[]): string {
  return paths.map(quote).join(' | ');
}
