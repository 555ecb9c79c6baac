import type { JsonValue } from '@chirograph/schema';
import { type Diagnostic, type DiagnosticCode, diagnose, suggest } from '../../diagnostics/index.ts';
import { majorVersionOf } from '../major-version.ts';
import { type DocumentRule, entriesOf, type Follow, keysOf, type Part, partAt, variablesIn } from './rule.ts';

/** The variables in a server's URL and those that it describes are the same (AsyncAPI 2, "Server Object"). */
export const serverVariables: DocumentRule = {
  codes: ['server/variable-undescribed', 'server/variable-unused'],
  versions: [2],
  *check(document, follow) {
    for (const server of ofBoth(document, 'servers', follow)) {
      const text = partAt(server, 'url').value;
      if (variablesIn(text).length === 0) continue;
      yield* compare(text, follow(partAt(server, 'variables')), {
        undescribed: 'server/variable-undescribed',
        unused: 'server/variable-unused',
      });
    }
  },
};

/** The parameters in a channel's address and those that it describes are the same ("Channel Object"). */
export const channelParameters: DocumentRule = {
  codes: ['channel/parameter-undescribed', 'channel/parameter-unused'],
  versions: [2, 3],
  *check(document, follow) {
    const isKey = majorVersionOf(partAt(document, 'asyncapi').value).channelAddress === 'key';
    const channels = entriesOf(partAt(document, 'channels'));
    // A channel under `components` has no address where the key is the address.
    const components = isKey ? [] : entriesOf(partAt(document, 'components', 'channels'));
    for (const { key, part } of [...channels, ...components]) {
      const channel = follow(part);
      if (!channel) continue;
      const address = isKey ? key : partAt(channel, 'address').value;
      yield* compare(address, follow(partAt(channel, 'parameters')), {
        undescribed: 'channel/parameter-undescribed',
        unused: 'channel/parameter-unused',
      });
    }
  },
};

type VariableCode = Extract<DiagnosticCode, `server/variable-${string}` | `channel/parameter-${string}`>;

function* compare(
  text: JsonValue,
  described: Part | undefined,
  codes: { readonly undescribed: VariableCode; readonly unused: VariableCode },
): Iterable<Diagnostic> {
  if (!described || described.value === null) return;
  const used = variablesIn(text);
  const names = keysOf(described);
  const place = String(text ?? '');
  const misspelt = new Set<string>();
  for (const name of names.filter((it) => !used.includes(it))) {
    const at = { file: described.at.file, pointer: partAt(described, name).at.pointer, part: 'key' } as const;
    const meant = suggest(
      name,
      used.filter((it) => !names.includes(it)),
    );
    if (meant) misspelt.add(meant);
    yield diagnose(codes.unused, at, { name, text: place, suggestion: meant });
  }
  for (const name of used.filter((it) => !names.includes(it) && !misspelt.has(it))) {
    yield diagnose(
      codes.undescribed,
      { ...described.at, part: 'key' },
      { name, text: place, suggestion: undefined },
    );
  }
}

/** The entries of the root and of `components`. */
function ofBoth(document: Part, key: string, follow: Follow): Part[] {
  return [...entriesOf(partAt(document, key)), ...entriesOf(partAt(document, 'components', key))].flatMap(
    ({ part }) => follow(part) ?? [],
  );
}
