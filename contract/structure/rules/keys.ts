import { type Diagnostic, diagnose } from '../../diagnostics/index.ts';
import { type DocumentRule, entriesOf, type Follow, keysOf, type Part, partAt } from './rule.ts';

/** `components` of either major version: "fixed fields [...] MUST use keys that match ^[a-zA-Z0-9\.\-_]+$". */
const COMPONENT: Allowed = { pattern: /^[a-zA-Z0-9._-]+$/, characters: 'letters, digits, `.`, `-` and `_`' };

/** "Servers Object": the patterned field `^[A-Za-z0-9_\-]+$`. */
const SERVER: Allowed = { pattern: /^[A-Za-z0-9_-]+$/, characters: 'letters, digits, `-` and `_`' };

interface Allowed {
  readonly pattern: RegExp;
  readonly characters: string;
}

/** The standard restricts the keys of components and servers: they become parts of references and of generated names. */
export const keys: DocumentRule = {
  codes: ['document/key-invalid'],
  versions: [2, 3],
  *check(document, follow) {
    const components = follow(partAt(document, 'components'));
    for (const { key: kind, part } of components ? entriesOf(components) : [])
      if (!kind.startsWith('x-')) yield* check(`components.${kind}`, part, COMPONENT, follow);
    yield* check('servers', partAt(document, 'servers'), SERVER, follow);
  },
};

function* check(
  owner: string,
  part: Part,
  { pattern, characters }: Allowed,
  follow: Follow,
): Iterable<Diagnostic> {
  const container = follow(part);
  if (!container) return;
  const names = keysOf(container);
  for (const key of names) {
    if (key === '$ref' || pattern.test(key)) continue;
    const at = { ...partAt(container, key).at, part: 'key' } as const;
    const suggestion = validKey(key, pattern, names);
    yield diagnose('document/key-invalid', at, { key, owner, characters, suggestion });
  }
}

/** The key without what it must not hold; undefined where nothing is left, or where another one is called so. */
function validKey(key: string, pattern: RegExp, taken: readonly string[]): string | undefined {
  const valid = [...key.normalize('NFD').replace(/\p{M}/gu, '')]
    .map((it) => (pattern.test(it) ? it : '-'))
    .join('')
    .replace(/-{2,}/g, '-')
    .replace(/^-|-$/g, '');
  return valid === '' || taken.includes(valid) ? undefined : valid;
}
