import { type Message, type NodeId, versionsOf, type Workspace } from '@chirograph/contract/model';
import { exchangesOf } from '../source/exchanges.ts';
import type { Generator, Scope } from '../source/generator.ts';
import { headerOf } from '../source/header.ts';
import { messageType, upcaster } from '../source/modules.ts';
import { type Code, code, docComment, lines, sourceFile } from '../source/source-file.ts';
import { declaredUpcast } from '../source/upcasts.ts';
import { wireType } from '../source/wire-types.ts';
import { upcastBody } from './upcast-body.ts';

/**
 * `<domain>/upcasters.ts`: how each older version of a message becomes the newest, where the contract declares it. Plain
 * typed functions; where the contract declares nothing, consumers demand one of their caller.
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
  return olderThan(scope, newest).flatMap((old) => {
    const upcast = declaredUpcast(newest, old);
    if (!upcast) return [];
    return [
      lines([
        docComment(`\`${newest.name}\` ${old.version} as ${newest.version}.`),
        code`export function ${upcaster(scope, old, newest).name}(old: ${onWire(scope, old)}): ${onWire(scope, newest)} {`,
        ...upcastBody(scope.workspace, old, newest, upcast).map((row) => `  ${row.replaceAll('\n', '\n  ')}`),
        '}',
      ]),
    ];
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
