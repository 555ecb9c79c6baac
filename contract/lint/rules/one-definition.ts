import { bundle, fingerprint, isObject, type JsonSchema, type JsonValue } from '@chirograph/schema';
import { diagnose } from '../../diagnostics/index.ts';
import { addressesOf, type Message, type Workspace } from '../../model/index.ts';
import { isDoubtful, isShapeDoubtful } from '../doubt.ts';
import type { Rule } from '../rule.ts';

/**
 * Name and version identify a message within its domain. Two definitions of one identity drift apart; two that differ
 * already are two messages. Within one document, and at one address, nothing tells the two apart.
 */
export const oneDefinition: Rule = {
  codes: ['message/duplicate-identity', 'message/described-differently', 'message/indistinguishable'],
  *check(workspace) {
    const known = new Map<string, Message[]>();
    for (const message of workspace.messages) {
      if (isDoubtful(workspace, message)) continue;
      const { domain, name, version } = message;
      const identity = `${domain} ${name} ${version}`;
      const others = known.get(identity) ?? [];
      known.set(identity, [...others, message]);
      const [first] = others;
      if (!first) continue;
      const rival = others.find((it) => rivalAddress(workspace, it, message) !== undefined);
      const other = rival ?? first;
      const address = rival && rivalAddress(workspace, rival, message);
      if (address !== undefined) {
        yield diagnose(
          'message/indistinguishable',
          { ...message.at, part: 'key' },
          { name, version, address },
          [{ message: 'the other one', at: { ...other.at, part: 'key' } }],
        );
        continue;
      }
      const isAcross =
        other.at.file !== message.at.file && shapeOf(workspace, other) !== shapeOf(workspace, message);
      if (isAcross && [message, other].some((it) => isShapeDoubtful(workspace, it))) continue;
      const code = isAcross ? 'message/described-differently' : 'message/duplicate-identity';
      yield diagnose(code, { ...message.at, part: 'key' }, { name, version }, [
        { message: 'the other one', at: { ...other.at, part: 'key' } },
      ]);
    }
  },
};

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
