import {
  fieldSchemas,
  type Message,
  type NodeId,
  type Upcast,
  versionsOf,
  type Workspace,
} from '@chirograph/contract/model';
import { exchangesOf } from '../source/exchanges.ts';
import type { Generator, Scope } from '../source/generator.ts';
import { headerOf } from '../source/header.ts';
import { messageType, upcaster } from '../source/modules.ts';
import { type Code, code, docComment, lines, sourceFile } from '../source/source-file.ts';
import { literal, propertyAccess, propertyKey } from '../source/value.ts';
import { wireType } from '../source/wire-types.ts';

/**
 * `<domain>/upcasters.ts`: how each older version of a message becomes the newest, as the contract says. Plain typed
 * functions: where the contract forgot a field, this file does not compile.
 */
export const upcasters: Generator = {
  name: 'upcasters',
  needs: ['types'],
  generate(scope) {
    const functions = scope.messages.flatMap((newest) => upcastsTo(scope, newest));
    if (functions.length === 0) return [];
    const body = lines(functions.flatMap((it, i) => (i === 0 ? [it] : ['', it])));
    return [sourceFile(`${scope.folder}/upcasters.ts`, headerOf(scope), body, scope.options)];
  },
};

function upcastsTo(scope: Scope, newest: Message): Code[] {
  return olderThan(scope, newest).map((old) => {
    const upcast = newest.contract.upcasts.find((it) => it.from === old.version);
    return lines([
      docComment(`\`${newest.name}\` ${old.version} as ${newest.version}.`),
      code`export function ${upcaster(scope, old, newest).name}(old: ${onWire(scope, old)}): ${onWire(scope, newest)} {`,
      `  return ${objectFrom(changesOf(newest, upcast), spreadable(scope, old), [], '  ')};`,
      '}',
    ]);
  });
}

/** Upcasting is done before text becomes dates. */
function onWire(scope: Scope, message: Message): Code {
  return wireType(scope, message.payload, messageType(scope, message));
}

/**
 * The versions that somebody wants as this one: all older ones of the newest, and those that a service receives beside it
 * which knows nothing newer.
 */
function olderThan({ workspace, services, messages }: Scope, message: Message): Message[] {
  const versions = versionsOf(workspace, message);
  const known = [messages, ...services.map(({ id }) => messagesReceived(workspace, id))];
  const wanted = known.flatMap((own) => {
    const [newest, ...older] = versions.filter((it) => own.includes(it));
    return newest === message ? older : [];
  });
  return versions.filter((it) => wanted.includes(it));
}

function messagesReceived(workspace: Workspace, service: NodeId): Message[] {
  return exchangesOf(workspace, service, 'receive').map((it) => it.message);
}

/** What changes on the way, as a tree that follows the payload. `undefined` at a leaf removes what stands there. */
type Changes = Map<string, Changes | { readonly code: string } | undefined>;

function changesOf({ version, contract }: Message, upcast: Upcast | undefined): Changes {
  const changes: Changes = new Map();
  const { version: place } = contract.envelope;
  if (place?.in === 'payload') put(changes, place.path, { code: literal(version) });
  for (const { from, to } of upcast?.move ?? []) {
    put(changes, from, undefined);
    put(changes, to, { code: access(from) });
  }
  for (const path of upcast?.remove ?? []) put(changes, path, undefined);
  for (const { path, value } of upcast?.default ?? []) put(changes, path, { code: literal(value) });
  return changes;
}

function put(changes: Changes, path: readonly string[], leaf: { readonly code: string } | undefined): void {
  const [key, ...rest] = path;
  if (key === undefined) return;
  if (rest.length === 0) {
    changes.set(key, leaf);
    return;
  }
  const known = changes.get(key);
  const inner: Changes = known instanceof Map ? known : new Map();
  changes.set(key, inner);
  put(inner, rest, leaf);
}

/** Whether the old message has an object at a path, of which the new one keeps what the contract does not mention. */
type Spreadable = (path: readonly string[]) => boolean;

function spreadable({ workspace }: Scope, { payload }: Message): Spreadable {
  return (path) => payload !== undefined && fieldSchemas(workspace, payload, path).length > 0;
}

/** A copy of the old object at `path`, with the changes. Removed keys are taken apart from the rest first. */
function objectFrom(changes: Changes, has: Spreadable, path: readonly string[], indent: string): string {
  const owner = access(path);
  const removed = [...changes].filter(([, it]) => it === undefined).map(([key]) => key);
  const rest = removed.length === 0 ? owner : withoutKeys(owner, removed);
  const kept = has(path) ? [`...${rest}`] : [];
  const rows = [...changes].flatMap(([key, change]) => {
    if (change === undefined) return [];
    const value =
      change instanceof Map ? objectFrom(change, has, [...path, key], `${indent}  `) : change.code;
    return [`${propertyKey(key)}: ${value}`];
  });
  const flat = `{ ${[...kept, ...rows].join(', ')} }`;
  if (indent.length + flat.length <= 100 && !flat.includes('\n')) return flat;
  return `{\n${[...kept, ...rows].map((row) => `${indent}  ${row},\n`).join('')}${indent}}`;
}

function withoutKeys(owner: string, keys: readonly string[]): string {
  const names = keys.map((key, i) => `${propertyKey(key)}: _${i}`).join(', ');
  return `(({ ${names}, ...rest }) => rest)(${owner})`;
}

function access(path: readonly string[]): string {
  return path.reduce((owner, key) => propertyAccess(owner, key), 'old');
}
