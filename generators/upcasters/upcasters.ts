import { type Message, versionsOf } from '@chirograph/contract/model';
import type { Generator, Scope } from '../source/generator.ts';
import { headerOf } from '../source/header.ts';
import { messageType, upcaster } from '../source/modules.ts';
import { type Code, code, docComment, lines, sourceFile } from '../source/source-file.ts';
import { declaredUpcast } from '../source/upcasts.ts';
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
    return [sourceFile(`${scope.domain}/upcasters.ts`, headerOf(scope), body, scope.options)];
  },
};

function upcastsTo(scope: Scope, newest: Message): Code[] {
  const [first, ...older] = versionsOf(scope.workspace, newest);
  if (first?.id !== newest.id) return [];
  return older.flatMap((old) => {
    const upcast = declaredUpcast(newest, old);
    if (!upcast) return [];
    return [
      lines([
        docComment(`\`${newest.name}\` ${old.version} as ${newest.version}.`),
        code`export function ${upcaster(scope, old, newest).name}(old: ${messageType(scope, old)}): ${messageType(scope, newest)} {`,
        ...upcastBody(scope.workspace, old, newest, upcast).map((row) => `  ${row.replaceAll('\n', '\n  ')}`),
        '}',
      ]),
    ];
  });
}
