/**
 * Types: what a message is, in TypeScript. json-schema-to-typescript turns schemas into types; this folder prepares
 * schemas for it (prepare.ts) and lays its output out for people (type-text.ts reads it, layout.ts prints it).
 */

/** A TypeScript type, as far as json-schema-to-typescript writes them. */
export type TypeNode =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'array'; readonly of: TypeNode }
  | { readonly kind: 'tuple'; readonly items: readonly TupleItem[] }
  | { readonly kind: 'union' | 'intersection'; readonly of: readonly TypeNode[] }
  | { readonly kind: 'object'; readonly members: readonly Member[] };

export interface TupleItem {
  readonly type: TypeNode;
  readonly optional: boolean;
  readonly rest: boolean;
}

export interface Member {
  readonly doc: string | undefined;
  /** As written: `name`, `"first-name"` or `[k: string]`. */
  readonly key: string;
  readonly optional: boolean;
  readonly type: TypeNode;
}

export interface Declaration {
  readonly doc: string | undefined;
  readonly name: string;
  /** Of an interface: what it adds to, and the members of it (as written) that it says otherwise. */
  readonly extends?: readonly { readonly name: string; readonly without: readonly string[] }[];
  readonly type: TypeNode;
}

const TOKEN =
  /\s*(\/\*\*[\s\S]*?\*\/|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\.\.\.|-?\d[\w.+-]*|[\p{ID_Start}_$][\p{ID_Continue}$]*|[{}[\]()|&:;,?=<>])/uy;

/** Reads the declarations that json-schema-to-typescript wrote. Throws on anything else: that would be a bug. */
export function parseTypes(text: string): Declaration[] {
  const tokens = new Tokens(text);
  const found: Declaration[] = [];
  while (!tokens.done()) {
    const doc = tokens.takeDoc();
    tokens.expect('export');
    const isInterface = tokens.take() === 'interface';
    const name = tokens.take();
    if (!isInterface) tokens.expect('=');
    found.push({ doc, name, type: parseType(tokens) });
    tokens.skip(';');
  }
  return found;
}

function parseType(tokens: Tokens): TypeNode {
  return parseOperators(tokens, '|', () => parseOperators(tokens, '&', () => parseArray(tokens)));
}

function parseOperators(tokens: Tokens, operator: '|' | '&', operand: () => TypeNode): TypeNode {
  tokens.skip(operator);
  const parts = [operand()];
  while (tokens.skip(operator)) parts.push(operand());
  if (parts.length === 1) return parts[0]!;
  const kind = operator === '|' ? 'union' : 'intersection';
  return { kind, of: parts.flatMap((it) => (it.kind === kind ? it.of : [it])) };
}

function parseArray(tokens: Tokens): TypeNode {
  let type = parsePrimary(tokens);
  while (tokens.peek() === '[' && tokens.peek(1) === ']') {
    tokens.take();
    tokens.take();
    type = { kind: 'array', of: type };
  }
  return type;
}

function parsePrimary(tokens: Tokens): TypeNode {
  const token = tokens.take();
  if (token === '(') {
    const inner = parseType(tokens);
    tokens.expect(')');
    return inner;
  }
  if (token === '{') return { kind: 'object', members: parseMembers(tokens) };
  if (token === '[') return { kind: 'tuple', items: parseTuple(tokens) };
  return { kind: 'text', text: token };
}

function parseMembers(tokens: Tokens): Member[] {
  const members: Member[] = [];
  while (!tokens.skip('}')) {
    const doc = tokens.takeDoc();
    const key = tokens.peek() === '[' ? tokens.takeThrough(']') : tokens.take();
    const optional = tokens.skip('?');
    tokens.expect(':');
    members.push({ doc, key, optional, type: parseType(tokens) });
    tokens.skip(';');
  }
  return members;
}

function parseTuple(tokens: Tokens): TupleItem[] {
  const items: TupleItem[] = [];
  while (!tokens.skip(']')) {
    const rest = tokens.skip('...');
    const type = parseType(tokens);
    items.push({ type, rest, optional: tokens.skip('?') });
    tokens.skip(',');
  }
  return items;
}

class Tokens {
  readonly #tokens: readonly string[];
  #at = 0;

  constructor(text: string) {
    this.#tokens = tokenize(text);
  }

  done(): boolean {
    return this.#at >= this.#tokens.length;
  }

  peek(ahead = 0): string | undefined {
    return this.#tokens[this.#at + ahead];
  }

  take(): string {
    const token = this.#tokens[this.#at];
    if (token === undefined) throw new Error('the printed types end too early');
    this.#at += 1;
    return token;
  }

  takeThrough(last: string): string {
    let text = '';
    for (let token = this.take(); ; token = this.take()) {
      text += token === ':' ? ': ' : token;
      if (token === last) return text;
    }
  }

  skip(token: string): boolean {
    if (this.peek() !== token) return false;
    this.#at += 1;
    return true;
  }

  expect(token: string): void {
    const found = this.take();
    if (found !== token) throw new Error(`the printed types have \`${found}\` where \`${token}\` belongs`);
  }

  takeDoc(): string | undefined {
    return this.peek()?.startsWith('/**') ? docText(this.take()) : undefined;
  }
}

function tokenize(text: string): string[] {
  const tokens: string[] = [];
  const end = text.trimEnd().length;
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < end) {
    const at = TOKEN.lastIndex;
    const token = TOKEN.exec(text)?.[1];
    if (token === undefined)
      throw new Error(`the printed types cannot be read at: ${text.slice(at, at + 40)}`);
    tokens.push(token);
  }
  return tokens;
}

/** The words of a comment, less the tool's own remarks: where an interface came from, how long a tuple is. */
function docText(comment: string): string | undefined {
  const text = comment
    .slice(3, -2)
    .split('\n')
    .map((row) => row.replace(/^\s*\* ?/, '').trimEnd())
    .join('\n')
    .replace(/^@(min|max)Items \d+$/gm, '')
    .replace(/^\s*@deprecated\s*\n([\s\S]*\S)\s*$/, '$1\n\n@deprecated')
    .replace(/\n*This interface was referenced by [\s\S]*?via the `[^`]*` "[^"]*"\./, '')
    .trim();
  return text === '' ? undefined : text;
}
