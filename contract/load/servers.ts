import { isObject, type JsonValue } from '@chirograph/schema';
import { type NodeId, nodeId, type Server } from '../model/index.ts';
import { entriesAt, follow } from './follow.ts';
import type { LoadContext } from './load-context.ts';
import type { Located } from './located.ts';
import { childAt, childrenAt, listAt, present, textAt } from './read.ts';

/** The servers that a document names, with what they ask of those who connect. */
export function readServers(context: LoadContext, document: Located): Server[] {
  return entriesAt(context, document, 'servers').flatMap(({ key, written }) => {
    const server = follow(context, written);
    if (!server || !isObject(server.value)) return [];
    const { value } = server;
    // AsyncAPI 2 wrote one `url`; AsyncAPI 3 took it apart.
    const address =
      textAt(value, 'url') ?? `${textAt(value, 'host') ?? ''}${textAt(value, 'pathname') ?? ''}`;
    return [
      {
        key,
        at: server.at,
        address,
        protocol: textAt(value, 'protocol') ?? '',
        ...present({ variables: readVariables(context, server) }),
        security: readSecurity(context, server, document),
      },
    ];
  });
}

/** The values that the variables of an address may have, of those that list them. */
function readVariables(context: LoadContext, server: Located): Server['variables'] {
  const listed = entriesAt(context, server, 'variables').flatMap(({ key, written }) => {
    const variable = follow(context, written);
    const values = isObject(variable?.value)
      ? listAt(variable.value, 'enum').filter((it) => typeof it === 'string')
      : [];
    return values.length > 0 ? [[key, values] as const] : [];
  });
  return listed.length > 0 ? Object.fromEntries(listed) : undefined;
}

/**
 * The servers that a channel chooses among those of its document: AsyncAPI 2 names them, AsyncAPI 3 refers to them.
 * Undefined where it chooses none, and so is on all.
 */
export function readChannelServers(
  context: LoadContext,
  channel: Located,
  document: Located = channel,
): readonly NodeId[] | undefined {
  const chosen = childrenAt(channel, 'servers').flatMap(({ written }) => {
    const { value } = written;
    const named = typeof value === 'string' ? childAt(childAt(document, 'servers'), value) : written;
    const server = follow(context, named);
    return server && isObject(server.value) ? [nodeId(server.at)] : [];
  });
  return chosen.length > 0 ? chosen : undefined;
}

/**
 * The ways in which one may prove who one is, any of which will do: each as a string that names its kind and what it
 * depends on. AsyncAPI 2 names schemes of `components`, AsyncAPI 3 refers to them.
 */
export function readSecurity(context: LoadContext, owner: Located, document: Located): string[] {
  return childrenAt(owner, 'security').flatMap(({ written }) => {
    const target = follow(context, written);
    if (!target || !isObject(target.value)) return [];
    if (textAt(target.value, 'type') !== undefined) return [schemeText(target.value)];
    const schemes = childAt(childAt(document, 'components'), 'securitySchemes');
    return Object.entries(target.value).map(([name, scopes]) => {
      const scheme = follow(context, childAt(schemes, name));
      return scheme && isObject(scheme.value) ? schemeText({ ...scheme.value, scopes }) : name;
    });
  });
}

function schemeText(scheme: Readonly<Record<string, JsonValue>>): string {
  const details = ['scheme', 'in', 'name', 'openIdConnectUrl'].flatMap((key) => textAt(scheme, key) ?? []);
  const scopes = Array.isArray(scheme.scopes) ? scheme.scopes.map(String) : [];
  return [textAt(scheme, 'type') ?? '', ...details, ...scopes].join(' ');
}
