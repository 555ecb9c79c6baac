import { type Address, isSeparator, type Token, tokensOverlap } from './address.ts';

/** What stands at addresses, found by every address that overlaps: a tree of their words. */
export class AddressIndex<Entry> {
  readonly #root: Node<Entry> = emptyNode();
  readonly #entries = new Map<string, Entry>();

  /** The entry of an address, made where there is none. */
  at({ text, tokens }: Address, make: () => Entry): Entry {
    const known = this.#entries.get(text);
    if (known !== undefined) return known;
    const entry = make();
    this.#entries.set(text, entry);
    let node = this.#root;
    for (const token of tokens) node = child(node, token);
    node.entry = entry;
    return entry;
  }

  /** The entries of all addresses that some address of the form given is one of. */
  overlapping({ tokens }: Address): Entry[] {
    const found = new Set<Entry>();
    const visit = (node: Node<Entry>, index: number): void => {
      const token = tokens[index];
      if (node.rest?.entry !== undefined) found.add(node.rest.entry);
      if (token === undefined) {
        if (node.entry !== undefined) found.add(node.entry);
        // `orders.#` stands for `orders` too.
        for (const [separator, next] of node.literals) {
          if (isSeparator(separator) && next.rest?.entry !== undefined) found.add(next.rest.entry);
        }
        return;
      }
      if (isSeparatorToken(token) && tokens[index + 1]?.kind === 'rest' && node.entry !== undefined) {
        found.add(node.entry);
      }
      if (token.kind === 'rest') {
        for (const entry of entriesBelow(node)) found.add(entry);
        return;
      }
      if (token.kind === 'literal') {
        const next = node.literals.get(token.text);
        if (next) visit(next, index + 1);
      } else {
        for (const [text, next] of node.literals) {
          if (tokensOverlap(token, { kind: 'literal', text })) visit(next, index + 1);
        }
      }
      for (const { token: other, node: next } of node.patterns.values()) {
        if (tokensOverlap(token, other)) visit(next, index + 1);
      }
    };
    visit(this.#root, 0);
    return [...found];
  }
}

interface Node<Entry> {
  entry: Entry | undefined;
  readonly literals: Map<string, Node<Entry>>;
  readonly patterns: Map<string, { readonly token: Token; readonly node: Node<Entry> }>;
  rest: Node<Entry> | undefined;
}

function emptyNode<Entry>(): Node<Entry> {
  return { entry: undefined, literals: new Map(), patterns: new Map(), rest: undefined };
}

function child<Entry>(node: Node<Entry>, token: Token): Node<Entry> {
  if (token.kind === 'rest') {
    node.rest ??= emptyNode();
    return node.rest;
  }
  if (token.kind === 'literal') {
    const known = node.literals.get(token.text) ?? emptyNode();
    node.literals.set(token.text, known);
    return known;
  }
  const known = node.patterns.get(token.text) ?? { token, node: emptyNode<Entry>() };
  node.patterns.set(token.text, known);
  return known.node;
}

function* entriesBelow<Entry>(node: Node<Entry>): Iterable<Entry> {
  if (node.entry !== undefined) yield node.entry;
  if (node.rest) yield* entriesBelow(node.rest);
  for (const next of node.literals.values()) yield* entriesBelow(next);
  for (const { node: next } of node.patterns.values()) yield* entriesBelow(next);
}

function isSeparatorToken(token: Token): boolean {
  return token.kind === 'literal' && isSeparator(token.text);
}
