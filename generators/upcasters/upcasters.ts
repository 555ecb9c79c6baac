import {
  type Message,
  type NodeId,
  type UpcastStep,
  versionsOf,
  type Workspace,
} from '@chirograph/contract/model';
import { exchangesOf } from '../source/exchanges.ts';
import type { Generator, Scope } from '../source/generator.ts';
import { headerOf } from '../source/header.ts';
import { upcaster } from '../source/modules.ts';
import {
  type Code,
  code,
  docComment,
  lines,
  paragraphs,
  signature,
  sourceFile,
} from '../source/source-file.ts';
import { declaredUpcast, upcastType, upcastWay } from '../source/upcasts.ts';
import { upcastBody } from './upcast-body.ts';

/**
 * `<domain>/upcasters.ts`: how each older version of a message becomes the newest, step by step, where the contract
 * declares it. Plain typed functions; where the contract declares nothing, consumers demand one of their caller.
 */
export const upcasters: Generator = {
  name: 'upcasters',
  needs: ['types'],
  generate(scope) {
    const functions = new Map(scope.messages.flatMap((newest) => upcastsTo(scope, newest)));
    if (functions.size === 0) return [];
    const body = paragraphs([...functions.values()]);
    return [sourceFile(`${scope.folder}/upcasters.ts`, headerOf(scope), body, scope.options)];
  },
};

/** Each declared step on the way of an older version, and the whole way where all of it is declared; by their names. */
function upcastsTo(scope: Scope, newest: Message): [name: string, Code][] {
  return olderThan(scope, newest).flatMap((old) => {
    const way = upcastWay(scope, newest, old);
    const steps = way.flatMap((step) => {
      const upcast = declaredUpcast(step);
      if (!upcast) return [];
      return [upcastFunction(scope, step, upcastBody(scope.workspace, step.from, step.to, upcast))];
    });
    if (way.length === 1 || steps.length < way.length) return steps;
    const whole = way.reduce((inner, { from, to }) => `${upcaster(scope, from, to).name}(${inner})`, 'old');
    return [...steps, upcastFunction(scope, { from: old, to: newest }, [`return ${whole};`])];
  });
}

function upcastFunction(
  scope: Scope,
  { from, to }: Pick<UpcastStep, 'from' | 'to'>,
  body: readonly string[],
): [name: string, Code] {
  const { name } = upcaster(scope, from, to);
  const text = lines([
    docComment(`\`${to.name}\` ${from.version} as ${to.version}.`),
    signature(
      `export function ${name}`,
      [code`old: ${upcastType(scope, from)}`],
      code`: ${upcastType(scope, to)} {`,
      '',
    ),
    ...body.map((row) => `  ${row.replaceAll('\n', '\n  ')}`),
    '}',
  ]);
  return [name, text];
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
