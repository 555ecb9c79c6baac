import { parseSync } from 'rolldown/utils';

/** A small change of a source text that a test should notice. Offsets are UTF-16 code units. */
export interface Mutation {
  readonly kind: Kind;
  readonly start: number;
  readonly end: number;
  readonly replacement: string;
}

export type Kind = 'operator' | 'boundary' | 'condition' | 'statement' | 'literal' | 'call';

/** A node as the parser gives it; fields beyond these differ by type. */
interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [field: string]: unknown;
}

const OPERATORS: Readonly<Record<string, string>> = {
  '===': '!==',
  '!==': '===',
  '&&': '||',
  '||': '&&',
  '??': '&&',
  '+': '-',
  '-': '+',
  '*': '/',
  '/': '*',
  '%': '*',
};
const BOUNDARIES: Readonly<Record<string, string>> = { '<': '<=', '<=': '<', '>': '>=', '>=': '>' };

/** Methods that return what they are called on, or a part of it, so that a program without the call still runs. */
const REMOVABLE = new Set(
  'filter sort toSorted reverse toReversed slice trim toLowerCase toUpperCase flat replaceAll replace normalize'.split(
    ' ',
  ),
);

/** Wrappers of TypeScript around an expression that exists at run time. All other nodes of TypeScript are types. */
const TYPED_EXPRESSIONS = new Set(['TSAsExpression', 'TSNonNullExpression', 'TSSatisfiesExpression']);

/**
 * Every mutation of a TypeScript text, in the order of the text. Types, imports and messages for people (strings with a space) are
 * left alone. Throws where the text does not parse.
 */
export function mutationsOf(text: string): Mutation[] {
  const { program, errors } = parseSync('source.ts', text);
  if (errors.length > 0) throw new Error(`The source does not parse: ${errors[0]?.message}`);
  const found: Mutation[] = [];
  visit(program as unknown as Node, text, found);
  return found.sort((a, b) => a.start - b.start || a.end - b.end);
}

/** Whether the mutated text parses: `??` does not stand beside `&&` without parentheses. */
export function parses(text: string, mutation: Mutation): boolean {
  return parseSync('mutant.ts', mutate(text, mutation)).errors.length === 0;
}

/** The text with the mutation applied. */
export function mutate(text: string, { start, end, replacement }: Mutation): string {
  return text.slice(0, start) + replacement + text.slice(end);
}

function visit(node: Node, text: string, found: Mutation[]): void {
  const { type } = node;
  if (type.startsWith('TS') && !TYPED_EXPRESSIONS.has(type)) return;
  if (type === 'ImportDeclaration' || type === 'ExportAllDeclaration') return;
  found.push(...mutationsAt(node, text));
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) {
      if (isNode(child)) visit(child, text, found);
    }
  }
}

function mutationsAt(node: Node, text: string): Mutation[] {
  switch (node.type) {
    case 'BinaryExpression':
    case 'LogicalExpression':
      return otherOperator(node, text);
    case 'IfStatement':
    case 'WhileStatement':
    case 'ConditionalExpression':
      return [negated(node.test as Node, text)];
    case 'ExpressionStatement':
      // A directive such as 'use strict' does nothing here.
      return node.directive
        ? []
        : [{ kind: 'statement', start: node.start, end: node.end, replacement: ';' }];
    case 'ContinueStatement':
    case 'BreakStatement':
      return [{ kind: 'statement', start: node.start, end: node.end, replacement: ';' }];
    case 'Literal':
      return otherLiteral(node, text);
    case 'CallExpression':
      return withoutCall(node);
    default:
      return [];
  }
}

function otherOperator(node: Node, text: string): Mutation[] {
  const operator = String(node.operator);
  const replacement = OPERATORS[operator] ?? BOUNDARIES[operator];
  if (replacement === undefined) return [];
  const left = node.left as Node;
  const right = node.right as Node;
  // A sum with a string is a joined text.
  if (operator === '+' && [left, right].some(isText)) return [];
  const start = text.indexOf(operator, left.end);
  if (start < 0 || start >= right.start) return [];
  return [
    {
      kind: operator in OPERATORS ? 'operator' : 'boundary',
      start,
      end: start + operator.length,
      replacement,
    },
  ];
}

function negated({ start, end }: Node, text: string): Mutation {
  return { kind: 'condition', start, end, replacement: `!(${text.slice(start, end)})` };
}

function otherLiteral({ start, end, value, raw }: Node, text: string): Mutation[] {
  const literal = (replacement: string): Mutation[] => [{ kind: 'literal', start, end, replacement }];
  if (typeof value === 'boolean') return literal(String(!value));
  if (typeof value === 'number' && /^\d/.test(String(raw))) return literal(`(${text.slice(start, end)} + 1)`);
  if (typeof value === 'string' && value !== '' && !/\s/.test(value)) return literal("''");
  return [];
}

function withoutCall(node: Node): Mutation[] {
  const callee = node.callee as Node;
  if (callee.type !== 'MemberExpression' || callee.computed === true) return [];
  const { name } = callee.property as Node & { readonly name: string };
  if (!REMOVABLE.has(name)) return [];
  return [{ kind: 'call', start: (callee.object as Node).end, end: node.end, replacement: '' }];
}

function isText(node: Node): boolean {
  return node.type === 'TemplateLiteral' || (node.type === 'Literal' && typeof node.value === 'string');
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';
}
