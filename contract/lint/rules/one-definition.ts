import { diagnose } from '../../diagnostics/index.ts';
import type { JsonSchema } from '../../model/index.ts';
import { bundle, endpointsOf, identitiesOf, type Message, type Workspace } from '../../model/index.ts';
import { fingerprint } from '../../schema/index.ts';
import type { JsonValue } from '../../source/index.ts';
import { isObject } from '../../source/index.ts';
import { isDoubtful, isShapeDoubtful } from '../doubt.ts';
import type { Rule } from '../rule.ts';

/**
 * Name and version identify a message. Two definitions of it in one document drift apart; two senders that describe it
 * differently send two messages. A reader's copy is its own business: what it requires is held against what is sent.
 */
export const oneDefinition: Rule = {
  codes: ['message/duplicate-identity', 'message/described-differently'],
  *check(workspace) {
    const sent = new Set(
      endpointsOf(workspace).flatMap((it) => (it.action === 'send' ? [it.message.id] : [])),
    );
    const first = new Map<string, Message>();
    for (const message of workspace.messages) {
      if (isDoubtful(workspace, message)) continue;
      const { domain, name, version, at } = message;
      const identity = `${at.file} ${domain} ${name} ${version}`;
      const twin = first.get(identity);
      if (!twin) first.set(identity, message);
      else yield found('message/duplicate-identity', message, twin);
    }
    for (const { views } of identitiesOf(workspace)) {
      const [other, ...others] = views.filter((it) => sent.has(it.id) && !isDoubtful(workspace, it));
      for (const message of others) {
        if (!other || other.at.file === message.at.file) continue;
        if (shapeOf(workspace, other) === shapeOf(workspace, message)) continue;
        if ([message, other].some((it) => isShapeDoubtful(workspace, it))) continue;
        yield found('message/described-differently', message, other);
      }
    }
  },
};

function found(
  code: 'message/duplicate-identity' | 'message/described-differently',
  it: Message,
  other: Message,
) {
  return diagnose(code, { ...it.at, part: 'key' }, { name: it.name, version: it.version }, [
    { message: 'the other one', at: { ...other.at, part: 'key' } },
  ]);
}

/** What a message may hold, without what only people read. */
function shapeOf(workspace: Workspace, { payload, headers }: Message): string {
  return [payload, headers]
    .map((id) => (id === undefined ? '' : fingerprint(bare(bundle(workspace, id)))))
    .join(' ');
}

const PROSE = ['title', 'description', 'examples', 'default', '$comment', '$id', '$schema'];

function bare(value: JsonSchema | JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(bare);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, it]) => !(PROSE.includes(key) && !isObject(it)) && !key.startsWith('x-'))
      .map(([key, it]) => [key, bare(it)]),
  );
}
