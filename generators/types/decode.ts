import { MARKS } from './encode.ts';
import type { Member, TypeNode } from './type-text.ts';

/** Gives marked objects back the meaning that `encode.ts` wrote into them: tuples and open objects. */
export function decode(type: TypeNode): TypeNode {
  switch (type.kind) {
    case 'text':
      return type;
    case 'array':
      return { kind: 'array', of: decode(type.of) };
    case 'tuple':
      return { kind: 'tuple', items: type.items.map((it) => ({ ...it, type: decode(it.type) })) };
    case 'union':
    case 'intersection':
      return { kind: type.kind, of: type.of.map(decode) };
    case 'object':
      return object(type.members.map((it) => ({ ...it, type: decode(it.type) })));
  }
}

function object(marked: readonly Member[]): TypeNode {
  const members = marked.map(withItsName);
  const names = new Map(members.map((it) => [nameOf(it), it]));
  const rest = names.get(MARKS.rest);
  const items = members.filter((it) => nameOf(it)?.startsWith(MARKS.item));
  if (rest || items.length > 0) return tuple(items, rest);
  const index = names.get(MARKS.index);
  if (!index) return { kind: 'object', members };
  const named = members.filter((it) => it !== index);
  return {
    kind: 'object',
    members: [...named, { ...index, key: '[key: string]', type: covering(index.type, named) }],
  };
}

function tuple(items: readonly Member[], rest: Member | undefined): TypeNode {
  const elements = items.filter((it) => nameOf(it) !== `${MARKS.item}none`);
  return {
    kind: 'tuple',
    items: [
      ...elements.map(({ type, optional }) => ({ type, optional, rest: false })),
      ...(rest ? [{ type: { kind: 'array' as const, of: rest.type }, optional: false, rest: true }] : []),
    ],
  };
}

/**
 * The type of an index signature beside named properties: TypeScript wants it to hold theirs as well. It says so where
 * that is short.
 */
function covering(type: TypeNode, named: readonly Member[]): TypeNode {
  if (named.length === 0 || (type.kind === 'text' && type.text === 'unknown')) return type;
  const parts = [type, ...named.map((it) => it.type)].flatMap((it) => (it.kind === 'union' ? it.of : [it]));
  const texts = new Set(parts.map((it) => (it.kind === 'text' ? it.text : undefined)));
  if (texts.has(undefined) || texts.has('unknown') || texts.size > 6)
    return { kind: 'text', text: 'unknown' };
  if (named.some((it) => it.optional)) texts.add('undefined');
  const of = [...texts].map((text): TypeNode => ({ kind: 'text', text: text ?? 'unknown' }));
  return of.length === 1 && of[0] ? of[0] : { kind: 'union', of };
}

/** All names that are marked are such as need no quotes. */
function withItsName(member: Member): Member {
  const name = nameOf(member);
  return name?.startsWith(MARKS.name) ? { ...member, key: name.slice(MARKS.name.length) } : member;
}

function nameOf({ key }: Member): string | undefined {
  return key.startsWith('"') ? (JSON.parse(key) as string) : key;
}
