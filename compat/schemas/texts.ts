import { type SchemaPart, valuesOf } from '@chirograph/schema/combine';
import { type Aspect, shown, type What } from './aspect.ts';

/** What texts look like: patterns, formats and kinds of content. */
export const texts: Aspect = ({ base, head }) => [
  ...keyword('pattern', base, head, {
    added: 'pattern-added',
    removed: 'pattern-removed',
    changed: 'pattern-changed',
  }),
  ...keyword('format', base, head, {
    added: 'format-added',
    removed: 'format-removed',
    changed: 'format-changed',
  }),
  ...['contentEncoding', 'contentMediaType'].flatMap((name) =>
    keyword(name, base, head, {
      added: 'content-changed',
      removed: 'content-changed',
      changed: 'content-changed',
    }),
  ),
];

function keyword(
  name: string,
  base: readonly SchemaPart[],
  head: readonly SchemaPart[],
  names: { readonly added: What; readonly removed: What; readonly changed: What },
) {
  const text = (conjuncts: readonly SchemaPart[]) =>
    [...new Set(valuesOf(conjuncts, name).map(shown))].sort().join(' and ');
  const [from, to] = [text(base), text(head)];
  if (from === to) return [];
  const what = from === '' ? names.added : to === '' ? names.removed : names.changed;
  return [{ what, keywords: [name], from: from || 'nothing', to: to || 'nothing' }];
}
