import { isObject } from '@chirograph/schema';
import { type Diagnostic, diagnose, suggest } from '../../diagnostics/index.ts';
import { CONTRACT_KEYS } from '../../model/index.ts';
import { type Major, majorVersionOf } from '../major-version.ts';
import { messages2, operations2 } from './operations-2.ts';
import { type DocumentRule, entriesOf, type Follow, keysOf, type Part, partAt } from './rule.ts';

/** What `x-contract` may hold: by these, a key that is merely like it is told from somebody's own (`x-contact`). */
const KNOWN: ReadonlySet<string> = new Set(Object.values(CONTRACT_KEYS));

/** The standard lets everybody add keys with `x-`: a misspelt `x-contract` is a key that nobody reads. */
export const extensionKeys: DocumentRule = {
  codes: ['document/unknown-extension'],
  versions: [2, 3],
  *check(document, follow) {
    for (const part of owners(document, follow)) yield* check(part);
  },
};

function* check(owner: Part): Iterable<Diagnostic> {
  for (const key of keysOf(owner)) {
    if (!key.startsWith('x-') || key === 'x-contract' || suggest(key, ['x-contract']) === undefined) continue;
    const part = partAt(owner, key);
    const keys = keysOf(part);
    if (!isObject(part.value) || (keys.length > 0 && !keys.some((it) => KNOWN.has(it)))) continue;
    yield diagnose(
      'document/unknown-extension',
      { ...part.at, part: 'key' },
      { key, suggestion: 'x-contract' },
    );
  }
}

/** All that may carry `x-contract`: messages, operations and their traits. */
function owners(document: Part, follow: Follow): Part[] {
  const components = ['messages', 'messageTraits', 'operations', 'operationTraits'].flatMap((key) =>
    entriesOf(partAt(document, 'components', key)),
  );
  const own = OWNERS[majorVersionOf(partAt(document, 'asyncapi').value).major](document, follow);
  const all = [...own, ...components.flatMap(({ part }) => follow(part) ?? [])];
  const traits = all.flatMap((it) =>
    entriesOf(partAt(it, 'traits')).flatMap(({ part }) => follow(part) ?? []),
  );
  return [...new Map([...all, ...traits].map((it) => [`${it.at.file}#${it.at.pointer}`, it])).values()];
}

/** Those of them that are no components. */
const OWNERS: Readonly<Record<Major, (document: Part, follow: Follow) => Part[]>> = {
  2: (document, follow) => [
    ...operations2(document, follow),
    ...messages2(document, follow).map(({ message }) => message),
  ],
  3: owners3,
};

function owners3(document: Part, follow: Follow): Part[] {
  const channels = [
    ...entriesOf(partAt(document, 'channels')),
    ...entriesOf(partAt(document, 'components', 'channels')),
  ];
  const messages = channels.flatMap(({ part }) => {
    const channel = follow(part);
    return channel ? entriesOf(partAt(channel, 'messages')) : [];
  });
  return [...messages, ...entriesOf(partAt(document, 'operations'))].flatMap(
    ({ part }) => follow(part) ?? [],
  );
}
