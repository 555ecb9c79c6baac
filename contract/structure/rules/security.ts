import { type Diagnostic, diagnose, suggest } from '../../diagnostics/index.ts';
import { operations2 } from './operations-2.ts';
import { type DocumentRule, entriesOf, type Follow, itemsOf, keysOf, type Part, partAt } from './rule.ts';

const FLOWS = ['implicit', 'password', 'clientCredentials', 'authorizationCode'];

/** Security requirements name schemes of `components`, and scopes that those offer; most have none (AsyncAPI 2). */
export const security: DocumentRule = {
  codes: ['security/unknown-scheme', 'security/unknown-scope'],
  versions: [2],
  *check(document, follow) {
    const schemes = partAt(document, 'components', 'securitySchemes');
    const servers = entriesOf(partAt(document, 'servers')).flatMap(({ part }) => follow(part) ?? []);
    for (const owner of [...servers, ...operations2(document, follow)]) {
      for (const requirement of itemsOf(partAt(owner, 'security')))
        for (const key of keysOf(requirement)) yield* check(key, partAt(requirement, key), schemes, follow);
    }
  },
};

function* check(name: string, scopes: Part, schemes: Part, follow: Follow): Iterable<Diagnostic> {
  const names = keysOf(schemes);
  if (!names.includes(name)) {
    yield diagnose(
      'security/unknown-scheme',
      { ...scopes.at, part: 'key' },
      { name, suggestion: suggest(name, names) },
    );
    return;
  }
  const scheme = follow(partAt(schemes, name));
  const type = scheme && partAt(scheme, 'type').value;
  // Those of OpenID Connect are the provider's affair.
  if (type === 'openIdConnect' || (scheme && typeof type !== 'string')) return;
  const offered = FLOWS.flatMap((flow) => (scheme ? keysOf(partAt(scheme, 'flows', flow, 'scopes')) : []));
  for (const part of itemsOf(scopes)) {
    const scope = part.value;
    if (typeof scope !== 'string' || offered.includes(scope)) continue;
    yield diagnose('security/unknown-scope', part.at, {
      scope,
      scheme: name,
      suggestion: suggest(scope, offered),
      offered,
    });
  }
}
