import { bundle, fingerprint, isObject, type JsonSchema, type JsonValue } from '@chirograph/schema';
import { diagnose } from '../../diagnostics/index.ts';
import { addressesOf, endpointsOf, identitiesOf, type Message, type Workspace } from '../../model/index.ts';
import { isDoubtful, isShapeDoubtful } from '../doubt.ts';
import type { Rule } from '../rule.ts';

/**
 * Name and version identify a message. Two definitions of it in one document drift apart, and at one address nothing tells
 * them apart; two senders that describe it differently send two messages. A reader's copy is its own business: what it
 * requires is held against what is sent.
 */
export const oneDefinition: Rule = {
  codes: ['message/duplicate-identity', 'message/described-differently', 'message/indistinguishable'],
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
      else yield twins(workspace, message, twin);
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

function twins(workspace: Workspace, message: Message, twin: Message) {
  const address = rivalAddress(workspace, twin, message);
  if (address === undefined) return found('message/duplicate-identity', message, twin);
  const { name, version } = message;
  return diagnose('message/indistinguishable', { ...message.at, part: 'key' }, { name, version, address }, [
    { message: 'the other one', at: { ...twin.at, part: 'key' } },
  ]);
}

/** The address at which two messages of one document meet. */
function rivalAddress(workspace: Workspace, a: Message, b: Message): string | undefined {
  if (a.at.file !== b.at.file) return undefined;
  const addresses = new Set(addressesOf(workspace, a));
  return addressesOf(workspace, b).find((it) => addresses.has(it));
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
