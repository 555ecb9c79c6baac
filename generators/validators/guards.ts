import type { Message, NodeId } from '@chirograph/contract/model';
import { brandedSchemas } from '../source/brands.ts';
import { bytesOf } from '../source/carried.ts';
import type { Scope } from '../source/generator.ts';
import {
  brandGuard,
  brandType,
  headersGuard,
  headersType,
  messageGuard,
  messageType,
  RUNTIME_CONTRACT,
} from '../source/modules.ts';
import { type Code, code, valueSymbol } from '../source/source-file.ts';
import { guardedType } from '../source/wire-types.ts';

/** A type guard to be exported, and the schema that it checks. */
export interface Guard {
  readonly name: string;
  readonly type: Code;
  readonly doc: string;
  readonly schema: NodeId;
  readonly of: 'payload' | 'headers';
}

/** A guard for the payload of each message, and one for its headers. */
export function guardsOf(scope: Scope): Guard[] {
  const guards = new Map<string, Guard>();
  const byHeaders = Map.groupBy(scope.messages, (it) => it.headers);
  for (const message of scope.messages) {
    const { payload, headers } = message;
    const title = titleOf(message);
    if (payload !== undefined) {
      const { name } = messageGuard(scope, message);
      const doc = `Is it ${title}? What it is not stands in \`errors\`.`;
      guards.set(name, {
        name,
        type: guardedType(scope, payload, messageType(scope, message)),
        doc,
        schema: payload,
        of: 'payload',
      });
    }
    const name = headersGuard(scope, message)?.name;
    const type = headersType(scope, message);
    if (headers === undefined || name === undefined || type === undefined) continue;
    const isShared = (byHeaders.get(headers)?.length ?? 0) > 1;
    const doc = `Are they ${isShared ? type.name : `the headers of ${title}`}? Others beside them are let through.`;
    guards.set(name, { name, type: guardedType(scope, headers, type), doc, schema: headers, of: 'headers' });
  }
  for (const { id, type } of brandedSchemas(scope)) {
    const { name } = brandGuard(scope, type);
    const doc = `Is it ${/^[aeio]/i.test(type) ? 'an' : 'a'} ${type}? What it is not stands in \`errors\`.`;
    guards.set(name, { name, type: brandType(scope, type), doc, schema: id, of: 'payload' });
  }
  return [...guards.values()];
}

/** The guards of payloads that are bytes, and the code that makes each. */
export function bytesGuardsOf(scope: Scope): (Pick<Guard, 'name' | 'type' | 'doc'> & { answer: Code })[] {
  return scope.messages.flatMap((message) => {
    const limits = bytesOf(message);
    if (limits === undefined) return [];
    const { min, max } = limits;
    const given = max === undefined ? (min === undefined ? '' : min) : `${min ?? 0}, ${max}`;
    return [
      {
        name: messageGuard(scope, message).name,
        type: messageType(scope, message),
        doc: `Is it ${titleOf(message)}? What it is not stands in \`errors\`.`,
        answer: code`/* @__PURE__ */ ${valueSymbol('bytesWithin', RUNTIME_CONTRACT)}(${given})`,
      },
    ];
  });
}

function titleOf({ name, version }: Message): string {
  return `${/^[aeio]/i.test(name) ? 'an' : 'a'} \`${name}\` ${version}`;
}
