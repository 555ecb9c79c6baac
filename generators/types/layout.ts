import { docComment } from '../source/source-file.ts';
import { quote } from '../source/text.ts';
import { isPlainName } from '../source/value.ts';
import type { Declaration, Member, TupleItem, TypeNode } from './type-text.ts';

const WIDTH = 110;

/** Declarations as a colleague would have written them: indented, readonly, documented. */
export function layout(declarations: readonly Declaration[]): string {
  return declarations.map(declaration).join('\n\n');
}

function declaration({ doc, name, type, extends: bases = [] }: Declaration): string {
  const comment = doc ? `${docComment(doc)}\n` : '';
  if (type.kind === 'object' && bases.length + type.members.length > 0) {
    const body = type.members.length === 0 ? '{}' : block(type.members, '');
    return `${comment}export interface ${name} ${heritage(bases)}${body}`;
  }
  const flat = `export type ${name} = ${print(type, '')};`;
  if (type.kind !== 'union' || (flat.length <= WIDTH && !flat.includes('\n'))) return comment + flat;
  const branches = type.of.map((it) => `\n  | ${operand(it, '    ', 'union')}`).join('');
  return `${comment}export type ${name} =${branches};`;
}

function heritage(bases: NonNullable<Declaration['extends']>): string {
  if (bases.length === 0) return '';
  const types = bases.map(({ name, without }) =>
    without.length === 0 ? name : `Omit<${name}, ${without.map((it) => quote(keyText(it))).join(' | ')}>`,
  );
  return `extends ${types.join(', ')} `;
}

function print(type: TypeNode, indent: string): string {
  switch (type.kind) {
    case 'text':
      return type.text.startsWith('"') ? quote(JSON.parse(type.text)) : type.text;
    case 'array':
      return `readonly ${operand(type.of, indent, 'array')}[]`;
    case 'tuple':
      return `readonly [${type.items.map((it) => tupleItem(it, indent)).join(', ')}]`;
    case 'union':
      return type.of.map((it) => operand(it, indent, 'union')).join(' | ');
    case 'intersection':
      return type.of.map((it) => operand(it, indent, 'intersection')).join(' & ');
    case 'object':
      return object(type.members, indent);
  }
}

function tupleItem({ type, rest, optional }: TupleItem, indent: string): string {
  if (rest && type.kind === 'array') return `...${operand(type.of, indent, 'array')}[]`;
  return optional ? `${operand(type, indent, 'array')}?` : print(type, indent);
}

/** A type within another one, in parentheses where it would otherwise be misread. */
function operand(type: TypeNode, indent: string, within: 'array' | 'union' | 'intersection'): string {
  const text = print(type, indent);
  const loose =
    (within === 'array' && ['union', 'intersection', 'array', 'tuple'].includes(type.kind)) ||
    (within === 'intersection' && type.kind === 'union');
  return loose ? `(${text})` : text;
}

function object(members: readonly Member[], indent: string): string {
  if (members.length === 0) return '{ readonly [key: string]: unknown }';
  const [only, ...others] = members;
  if (only && others.length === 0 && only.key.startsWith('[') && !only.doc) {
    const flat = `{ ${member(only, '').replace(/;$/, '')} }`;
    if (!flat.includes('\n') && indent.length + flat.length <= 80) return flat;
  }
  return block(members, indent);
}

function block(members: readonly Member[], indent: string): string {
  const inner = `${indent}  `;
  return `{\n${members.map((it) => member(it, inner)).join('\n')}\n${indent}}`;
}

function member({ doc, key, optional, type }: Member, indent: string): string {
  const comment = doc ? `${docComment(doc, indent)}\n` : '';
  const name = key.startsWith('[') ? key.replace(/^\[k: /, '[key: ') : memberName(keyText(key));
  return `${comment}${indent}readonly ${name}${optional ? '?' : ''}: ${print(type, indent)};`;
}

function keyText(key: string): string {
  return key.startsWith('"') ? (JSON.parse(key) as string) : key;
}

function memberName(name: string): string {
  return isPlainName(name) ? name : quote(name);
}
