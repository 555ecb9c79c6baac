import { isObject } from '@chirograph/schema';
import {
  type Diagnostic,
  type DiagnosticCode,
  diagnose,
  type Place,
  suggest,
} from '../../diagnostics/index.ts';
import { majorVersionOf } from '../major-version.ts';

import {
  type DocumentRule,
  entriesOf,
  type Follow,
  itemsOf,
  keysOf,
  type Part,
  partAt,
  variablesIn,
} from './rule.ts';

/**
 * The variables in a server's URL (AsyncAPI 2) or host and path (AsyncAPI 3) and those that it describes are the same,
 * and their defaults are among their values ("Server Object", "Server Variable Object").
 */
export const serverVariables: DocumentRule = {
  codes: ['server/variable-undescribed', 'server/variable-unused', 'server/default-not-allowed'],
  versions: [2, 3],
  *check(document, follow) {
    const owned: (Part | undefined)[] = [];
    for (const server of ofBoth(document, 'servers', follow)) {
      yield* compare(server, 'variables', urlOf(server), SERVER, follow);
      owned.push(follow(partAt(server, 'variables')));
    }
    const shared = follow(partAt(document, 'components', 'serverVariables'));
    yield* defaults([...owned, shared], 'server/default-not-allowed', follow);
  },
};

/**
 * The parameters in a channel's address and those that it describes are the same ("Channel Object"). A channel that
 * describes none at all is warned of: the standard does not say in so many words that it must.
 */
export const channelParameters: DocumentRule = {
  codes: ['channel/parameter-undescribed', 'channel/parameter-unused', 'channel/default-not-allowed'],
  versions: [2, 3],
  *check(document, follow) {
    const isKey = majorVersionOf(partAt(document, 'asyncapi').value).channelAddress === 'key';
    const channels = entriesOf(partAt(document, 'channels'));
    // A channel under `components` has no address where the key is the address.
    const components = isKey ? [] : entriesOf(partAt(document, 'components', 'channels'));
    const owned: (Part | undefined)[] = [];
    for (const { key, part } of [...channels, ...components]) {
      const channel = follow(part);
      if (!channel) continue;
      const address: Template = isKey
        ? { text: key, at: { ...part.at, part: 'key' } }
        : templateAt(channel, 'address');
      const isBare = !has(channel, 'parameters');
      for (const it of compare(channel, 'parameters', { ...address, key }, CHANNEL, follow))
        yield isBare ? { ...it, severity: 'warning' } : it;
      owned.push(follow(partAt(channel, 'parameters')));
    }
    const shared = follow(partAt(document, 'components', 'parameters'));
    yield* defaults([...owned, shared], 'channel/default-not-allowed', follow);
  },
};

/** A string with names in braces, and where it stands; no text where the standard lets it be absent. */
interface Template {
  readonly text: string | undefined;
  /** What the owner is called. */
  readonly key?: string;
  readonly at: Place;
}

type VariableCode = Extract<DiagnosticCode, `server/variable-${string}` | `channel/parameter-${string}`>;

interface Codes {
  readonly undescribed: VariableCode;
  readonly unused: VariableCode;
}

const SERVER: Codes = { undescribed: 'server/variable-undescribed', unused: 'server/variable-unused' };
const CHANNEL: Codes = { undescribed: 'channel/parameter-undescribed', unused: 'channel/parameter-unused' };

/** What a template names and its owner does not describe, and the other way round. */
function* compare(
  owner: Part,
  key: 'variables' | 'parameters',
  { text, key: owned, at }: Template,
  codes: Codes,
  follow: Follow,
): Iterable<Diagnostic> {
  const described = follow(partAt(owner, key));
  // What is there and is no mapping is a fault of its shape.
  if (!described || (has(owner, key) && !isObject(described.value))) return;
  const used = new Set(variablesIn(text ?? null));
  const names = keysOf(described);
  const misspelt = new Set<string>();
  for (const name of names.filter((it) => !used.has(it))) {
    const meant = suggest(
      name,
      [...used].filter((it) => !names.includes(it)),
    );
    if (meant) misspelt.add(meant);
    const place = { ...partAt(described, name).at, part: 'key' } as const;
    yield diagnose(codes.unused, place, { name, text, key: owned, suggestion: meant });
  }
  for (const name of [...used].filter((it) => !names.includes(it) && !misspelt.has(it))) {
    const place: Place = has(owner, key) ? { ...described.at, part: 'key' } : at;
    yield diagnose(codes.undescribed, place, { name, text, suggestion: undefined });
  }
}

/**
 * A default must be one of the values that a variable or a parameter may have, and so should an example. AsyncAPI 2 says that
 * of parameters by a schema. What several refer to is told once.
 */
function* defaults(
  owners: readonly (Part | undefined)[],
  code: 'server/default-not-allowed' | 'channel/default-not-allowed',
  follow: Follow,
): Iterable<Diagnostic> {
  const told = new Set<string>();
  for (const { key, part } of owners.flatMap((it) => (it ? entriesOf(it) : []))) {
    const variable = follow(part);
    const place = `${variable?.at.file}#${variable?.at.pointer}`;
    if (!variable || told.has(place)) continue;
    told.add(place);
    const { value: choices } = partAt(variable, 'enum');
    const allowed = (Array.isArray(choices) ? choices : []).filter((it) => typeof it === 'string');
    if (allowed.length === 0) continue;
    const found = ({ value, at }: Part, of: 'default' | 'example') =>
      typeof value === 'string' && !allowed.includes(value)
        ? [diagnose(code, at, { name: key, of, value, allowed, suggestion: suggest(value, allowed) })]
        : [];
    yield* found(partAt(variable, 'default'), 'default');
    // Nothing is sent by an example.
    for (const example of itemsOf(partAt(variable, 'examples')))
      for (const it of found(example, 'example')) yield { ...it, severity: 'warning' };
  }
}

/** The host of a server is a name, and a port perhaps: scheme and path have keys of their own ("Server Object"). */
export const serverHosts: DocumentRule = {
  codes: ['server/host-malformed'],
  versions: [3],
  *check(document, follow) {
    for (const server of ofBoth(document, 'servers', follow)) {
      const { value: host, at } = partAt(server, 'host');
      if (typeof host !== 'string') continue;
      const [scheme] = /^[a-z][a-z0-9+.-]*:\/\//i.exec(host) ?? [];
      const path = /[/?#].*$/.exec(host.slice(scheme?.length ?? 0))?.[0];
      const parts = [
        ...(scheme === undefined ? [] : [`the scheme \`${scheme}\``]),
        ...(path === undefined || path === '/' ? [] : [`the path \`${path}\``]),
      ];
      if (parts.length > 0) yield diagnose('server/host-malformed', at, { host, parts });
    }
  },
};

/** AsyncAPI 2 wrote one `url`; AsyncAPI 3 took it apart. */
function urlOf(server: Part): Template {
  if (has(server, 'url')) return templateAt(server, 'url');
  const [host, path] = [templateAt(server, 'host'), templateAt(server, 'pathname')];
  const at = variablesIn(host.text ?? null).length === 0 && has(server, 'pathname') ? path.at : host.at;
  return { at, text: host.text === undefined ? undefined : host.text + (path.text ?? '') };
}

function templateAt(owner: Part, key: string): Template {
  const { value, at } = partAt(owner, key);
  return { text: typeof value === 'string' ? value : undefined, at };
}

function has({ value }: Part, key: string): boolean {
  return isObject(value) && Object.hasOwn(value, key);
}

/** The entries of the root and of `components`. */
function ofBoth(document: Part, key: string, follow: Follow): Part[] {
  return [...entriesOf(partAt(document, key)), ...entriesOf(partAt(document, 'components', key))].flatMap(
    ({ part }) => follow(part) ?? [],
  );
}
