import type { Declaration, Member, TypeNode } from './type-text.ts';

/** A type that is to be declared with all its members, and the names of those that it adds to. */
export interface Described extends Declaration {
  readonly bases: readonly string[];
}

/**
 * Declarations in which a type that adds to others extends them, and repeats only what it says otherwise. Where it says
 * something that is no narrower than what a base says, the base is taken without it: what comes out has the members that
 * went in.
 */
export function extend(described: readonly Described[]): Declaration[] {
  const bases = new Set(described.flatMap((it) => it.bases));
  const types = new Map(described.map((it) => [it.name, bases.has(it.name) ? asBase(it) : it]));
  return [...types.values()].map((it) => extending(it, types));
}

/** A base says `object` where it knows nothing of one: an interface fits that, as it does not fit an index signature. */
function asBase(type: Described): Described {
  if (type.type.kind !== 'object') return type;
  const members = type.type.members.map((it) =>
    isAnyObject(it.type) ? { ...it, type: { kind: 'text', text: 'object' } as const } : it,
  );
  return { ...type, type: { kind: 'object', members } };
}

function isAnyObject(type: TypeNode): boolean {
  if (type.kind !== 'object') return false;
  const [first, ...others] = type.members;
  return first !== undefined && others.length === 0 && isIndex(first) && isText(first.type, 'unknown');
}

function extending({ bases, ...type }: Described, types: ReadonlyMap<string, Described>): Declaration {
  if (type.type.kind !== 'object') return type;
  const { members } = type.type;
  const inherited = bases.flatMap((it) => types.get(it) ?? []);
  if (inherited.length === 0 || !inherited.every((it) => canBeExtended(it, members))) return type;
  const own = members.flatMap((it) => {
    const said = inherited.flatMap((base) => memberOf(base, it.key) ?? []);
    const [first] = said;
    if (first === undefined) return [it];
    const doc = it.doc === first.doc ? undefined : it.doc;
    const isNew = doc !== undefined || said.some((other) => !isSame(it, other));
    return isNew ? [{ ...it, doc }] : [];
  });
  const heritage = inherited.map((base) => {
    const wider = own.filter((it) => {
      const said = memberOf(base, it.key);
      return said !== undefined && !narrows(it, said, types);
    });
    return { name: base.name, without: wider.map((it) => it.key) };
  });
  const [only, ...others] = heritage;
  if (own.length === 0 && only && others.length === 0) return { ...type, type: named(only.name) };
  return { ...type, type: { kind: 'object', members: own }, extends: heritage };
}

/** Whether a type is an interface whose members all stand among those given, none of them an index signature. */
function canBeExtended({ type }: Declaration, members: readonly Member[]): boolean {
  const keys = new Set(members.map((it) => it.key));
  return type.kind === 'object' && type.members.every((it) => !isIndex(it) && keys.has(it.key));
}

function memberOf({ type }: Declaration, key: string): Member | undefined {
  return type.kind === 'object' ? type.members.find((it) => it.key === key) : undefined;
}

function isSame(a: Member, b: Member): boolean {
  return a.optional === b.optional && isSameType(a.type, b.type);
}

function isSameType(a: TypeNode, b: TypeNode): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** Whether TypeScript surely lets one member stand where a base has the other. */
function narrows(own: Member, base: Member, types: ReadonlyMap<string, Described>): boolean {
  return (base.optional || !own.optional) && isNarrower(own.type, base.type, types);
}

function isNarrower(a: TypeNode, b: TypeNode, types: ReadonlyMap<string, Described>): boolean {
  if (isSameType(a, b) || isText(b, 'unknown')) return true;
  if (a.kind === 'union') return a.of.every((it) => isNarrower(it, b, types));
  if (b.kind === 'union') return b.of.some((it) => isNarrower(a, it, types));
  if (isText(b, 'object') && ['object', 'array', 'tuple'].includes(a.kind)) return true;
  if (
    a.kind === 'text' &&
    b.kind === 'text' &&
    WIDER.some(([is, wide]) => is.test(a.text) && b.text === wide)
  ) {
    return true;
  }
  const from = a.kind === 'text' ? types.get(a.text) : undefined;
  if (
    from &&
    b.kind === 'text' &&
    from.bases.some((it) => it === b.text || isNarrower(named(it), b, types))
  ) {
    return true;
  }
  if (from && (from.type.kind !== 'object' || isText(b, 'object'))) return isNarrower(from.type, b, types);
  const to = b.kind === 'text' ? types.get(b.text) : undefined;
  return to !== undefined && to.type.kind !== 'object' && isNarrower(a, to.type, types);
}

/** Literals, and the types that they are of. */
const WIDER: readonly (readonly [RegExp, string])[] = [
  [/^"/, 'string'],
  [/^-?\d/, 'number'],
  [/^(true|false)$/, 'boolean'],
];

function named(text: string): TypeNode {
  return { kind: 'text', text };
}

function isIndex({ key }: Member): boolean {
  return key.startsWith('[');
}

function isText(type: TypeNode, text: string): boolean {
  return type.kind === 'text' && type.text === text;
}
