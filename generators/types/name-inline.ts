import { pascalCase } from '../source/casing.ts';
import type { Declaration, Member, TypeNode } from './type-text.ts';

/**
 * Declarations in which each object that is described in place has a name, after the type that it is a part of: a function
 * that takes a line of an order has a word for it. What stands in a union with other objects has none, nor has one whose
 * name would be that of another type.
 */
export function nameInline(declarations: readonly Declaration[]): Declaration[] {
  const taken = new Set(declarations.map((it) => it.name));
  return declarations.flatMap((it) => withParts(it, taken));
}

/** A declaration, and after it the types that have come out of it. */
function withParts(declaration: Declaration, taken: Set<string>): Declaration[] {
  const { name: owner, type } = declaration;
  const parts: Declaration[] = [];
  const declare = (part: Part, of: TypeNode): TypeNode => {
    const name = nameOf(part, owner);
    if (taken.has(name)) return of;
    taken.add(name);
    parts.push(...withParts({ doc: docOf(part, owner), name, type: of }, taken));
    return { kind: 'text', text: name };
  };
  if (type.kind !== 'object')
    return [{ ...declaration, type: named(type, { isItem: false }, declare) }, ...parts];
  const members = type.members.map((it): Member => {
    if (it.key.startsWith('[')) return it;
    const key = it.key.startsWith('"') ? (JSON.parse(it.key) as string) : it.key;
    return { ...it, type: named(it.type, { key, isItem: false }, declare) };
  });
  return [{ ...declaration, type: { kind: 'object', members } }, ...parts];
}

/** Where in its owner an object stands: in a member or, where the owner is a list, in itself; as an item or alone. */
interface Part {
  readonly key?: string;
  readonly isItem: boolean;
}

/** A type with a name in the place of the one object that is in it. */
function named(type: TypeNode, part: Part, declare: (part: Part, of: TypeNode) => TypeNode): TypeNode {
  if (type.kind === 'array') return { ...type, of: named(type.of, { ...part, isItem: true }, declare) };
  if (type.kind === 'union') {
    const isNamed = (it: TypeNode) => it.kind === 'text' && /^(null|undefined)$/.test(it.text);
    if (type.of.filter((it) => !isNamed(it)).length > 1) return type;
    return { ...type, of: type.of.map((it) => named(it, part, declare)) };
  }
  const isWhole = part.key === undefined && !part.isItem;
  return isObject(type) && !isWhole ? declare(part, type) : type;
}

function isObject(type: TypeNode): boolean {
  return type.kind === 'object' && type.members.some((it) => !it.key.startsWith('['));
}

function nameOf({ key, isItem }: Part, owner: string): string {
  if (key === undefined) return `${owner}Item`;
  const word = pascalCase(key);
  return owner + (isItem ? (singular(word) ?? `${word}Item`) : word);
}

function docOf({ key, isItem }: Part, owner: string): string {
  const whole = key === undefined ? `\`${owner}\`` : `the \`${key}\` of \`${owner}\``;
  return isItem ? `One of ${whole}.` : `The${whole.slice(3)}.`;
}

/** One of what a plural names; undefined where the word is none, or might be none. */
function singular(word: string): string | undefined {
  if (/(ss|us|is|news|data)$/i.test(word)) return undefined;
  if (/[^aeiou]ies$/.test(word)) return word.replace(/ies$/, 'y');
  if (/(ss|x|sh|tch|zz)es$/.test(word)) return word.replace(/es$/, '');
  return /[a-z]s$/.test(word) ? word.slice(0, -1) : undefined;
}
