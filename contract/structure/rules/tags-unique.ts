import { equal } from '@chirograph/schema';
import { type Diagnostic, diagnose } from '../../diagnostics/index.ts';
import { messages2, operations2 } from './operations-2.ts';
import { type DocumentRule, entriesOf, type Follow, type Part, partAt } from './rule.ts';

/** No list of tags names one twice (AsyncAPI 2, "Tags Object"). */
export const tagsUnique: DocumentRule = {
  codes: ['tags/duplicate'],
  versions: [2],
  *check(document, follow) {
    const components = (key: string) =>
      entriesOf(partAt(document, 'components', key)).map(({ part }) => part);
    const owners = [
      ...operations2(document, follow),
      ...messages2(document, follow).map(({ message }) => message),
      ...components('messages').flatMap((it) => follow(it) ?? []),
    ];
    const traits = owners.flatMap((it) => entriesOf(partAt(it, 'traits')).map(({ part }) => part));
    const all = [...traits, ...components('operationTraits'), ...components('messageTraits')];
    const seen = new Set<unknown>();
    for (const owner of [document, ...owners, ...all.flatMap((it) => follow(it) ?? [])]) {
      if (seen.has(owner.value)) continue;
      seen.add(owner.value);
      yield* duplicatesIn(partAt(owner, 'tags'), follow);
    }
  },
};

function* duplicatesIn(tags: Part, follow: Follow): Iterable<Diagnostic> {
  const first = new Map<string, Part>();
  for (const { part } of entriesOf(tags)) {
    const tag = follow(part);
    const name = tag && partAt(tag, 'name').value;
    if (!tag || typeof name !== 'string') continue;
    const other = first.get(name);
    if (!other) first.set(name, tag);
    // Two tags that are equal throughout break the meta-schema's rule for lists already.
    else if (!equal(other.value, tag.value))
      yield diagnose('tags/duplicate', partAt(tag, 'name').at, { name }, [
        { message: 'the first one', at: partAt(other, 'name').at },
      ]);
  }
}
