import { isObject, joinPointer, type Location } from '@chirograph/schema';
import { type Diagnostic, diagnose, suggest } from '../../diagnostics/index.ts';
import {
  fieldSchemas,
  type Message,
  type MessagePath,
  type NodeId,
  nodeId,
  type Workspace,
} from '../../model/index.ts';
import { contractPlace, isWithin, layersOf } from '../contract-place.ts';
import { isShapeDoubtful } from '../doubt.ts';
import type { Rule } from '../rule.ts';

/**
 * Envelope, ordering key and identity must lead to fields that the message has. A path that a trait gives, and that is
 * wrong for all who take it, is the trait's fault; else it is the fault of those that it does not fit.
 */
export const pathUnknown: Rule = {
  codes: ['message/path-unknown'],
  *check(workspace) {
    const faults = workspace.messages.flatMap((message) => faultsOf(workspace, message));
    if (faults.length === 0) return;
    for (const [, group] of Map.groupBy(faults, ({ place }) => nodeId(place)))
      yield* findings(workspace, group);
  },
};

/** A path of a message, and what it is for. */
interface Use {
  readonly what: string;
  /** Where it stands within `x-contract`. */
  readonly key: readonly (string | number)[];
  readonly path: MessagePath;
}

interface PathFault extends Use {
  readonly message: Message;
  readonly place: Location;
  /** How many more paths, written beside it, lead nowhere either. */
  readonly more: number;
}

function faultsOf(workspace: Workspace, message: Message): PathFault[] {
  if (isShapeDoubtful(workspace, message)) return [];
  const faults = usesOf(message)
    .filter(({ path }) => !leadsSomewhere(workspace, message, path))
    .map((use) => ({
      ...use,
      message,
      place: contractPlace(workspace, message, use.key) ?? message.at,
      more: 0,
    }));
  return faults.length < MANY
    ? faults
    : [...Map.groupBy(faults, ({ place }) => layerOf(message, place)).values()].flatMap(together);
}

/** So many paths are not misspelt one by one: the part of the payload that they lead into is not described. */
const MANY = 3;

function together(faults: PathFault[]): PathFault[] {
  const [first] = faults;
  return first && faults.length >= MANY ? [{ ...first, more: faults.length - 1 }] : faults;
}

function layerOf(message: Message, place: Location): string {
  return nodeId(layersOf(message).find((it) => isWithin(place, it)) ?? message.at);
}

function usesOf({ contract }: Message): Use[] {
  const { envelope, orderingKey, identity } = contract;
  return [
    ...Object.entries(envelope).map(
      ([part, path]): Use => ({ what: `the envelope's ${part}`, key: ['envelope', part], path }),
    ),
    ...(orderingKey ? [{ what: 'the ordering key', key: ['orderingKey'], path: orderingKey }] : []),
    ...identity.map((path, index): Use => ({ what: 'the identity', key: ['identity', index], path })),
  ];
}

/** What carries no schema, or a format that is not read, cannot be checked. */
function leadsSomewhere(workspace: Workspace, message: Message, { in: part, path }: MessagePath): boolean {
  const root = message[part];
  if (root === undefined) return part === 'payload';
  return fieldSchemas(workspace, root, path).length > 0 || isRequired(workspace, root, path);
}

/** What a schema requires and does not describe is a fault of the schema, which has a finding of its own. */
function isRequired(workspace: Workspace, root: NodeId, path: readonly string[]): boolean {
  return path.some((name, depth) =>
    fieldSchemas(workspace, root, path.slice(0, depth)).some(
      (schema) =>
        typeof schema === 'object' &&
        Array.isArray(schema.required) &&
        schema.required.includes(name) &&
        fieldSchemas(workspace, root, path.slice(0, depth + 1)).length === 0,
    ),
  );
}

/** The findings about one place: all the messages that it is wrong for. */
function* findings(workspace: Workspace, group: readonly PathFault[]): Iterable<Diagnostic> {
  const [first] = group;
  if (!first) return;
  const { place, key } = first;
  if (isWithin(place, first.message.at)) {
    for (const it of group) yield found(workspace, it, place, 0);
    return;
  }
  const takers = workspace.messages.filter((it) => layersOf(it).some((layer) => isWithin(place, layer)));
  const fits = takers.some(
    (it) =>
      !group.some(({ message }) => message.id === it.id) &&
      samePlace(contractPlace(workspace, it, key), place),
  );
  if (!fits) {
    yield found(workspace, first, place, group.length - 1);
    return;
  }
  for (const it of group) {
    yield {
      ...found(workspace, it, { ...it.message.at, part: 'key' }, 0),
      related: [{ message: 'the path, which its other messages have', at: place }],
    };
  }
}

function samePlace(a: Location | undefined, b: Location): boolean {
  return a !== undefined && nodeId(a) === nodeId(b);
}

function found(
  workspace: Workspace,
  { what, path, message, more }: PathFault,
  at: Diagnostic['at'],
  others: number,
): Diagnostic {
  const prefix = path.in === 'headers' ? '$message.header#' : '';
  const meant = pathMeant(workspace, message[path.in], path.path);
  return diagnose('message/path-unknown', at, {
    what,
    path: `${prefix}${joinPointer(path.path)}`,
    message: `${message.key} ${message.version}`,
    others,
    more,
    suggestion: meant && `${prefix}${joinPointer(meant)}`,
  });
}

/** The path with its first unknown part spelt like a field that there is. */
function pathMeant(
  workspace: Workspace,
  root: NodeId | undefined,
  path: readonly string[],
): readonly string[] | undefined {
  if (root === undefined) return undefined;
  const depth = path.findIndex(
    (_, index) => fieldSchemas(workspace, root, path.slice(0, index + 1)).length === 0,
  );
  const names = fieldSchemas(workspace, root, path.slice(0, depth)).flatMap((schema) =>
    typeof schema === 'object' && isObject(schema.properties) ? Object.keys(schema.properties) : [],
  );
  const meant = suggest(path[depth] ?? '', names);
  return meant === undefined ? undefined : path.with(depth, meant);
}
