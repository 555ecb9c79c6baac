import type { GeneratedFile, OutputOptions } from './generator.ts';
import { blockComment, quote } from './text.ts';

/** Something that another file exports. Printing it is enough: the import follows. */
export interface ImportedSymbol {
  readonly kind: 'symbol';
  readonly name: string;
  /** A file of the output (`loyalty/types.ts`) or a package (`@chirograph/runtime`). */
  readonly from: string;
  readonly typeOnly: boolean;
}

/** Code with symbols in it. */
export type Code = string | number | ImportedSymbol | readonly Code[];

/** A value that the printed code needs at run time. */
export function valueSymbol(name: string, from: string): ImportedSymbol {
  return { kind: 'symbol', name, from, typeOnly: false };
}

/** A type that the printed code mentions. */
export function typeSymbol(name: string, from: string): ImportedSymbol {
  return { kind: 'symbol', name, from, typeOnly: true };
}

/** Code from a template: `` code`new ${symbol}()` ``. */
export function code(strings: TemplateStringsArray, ...values: readonly Code[]): Code {
  return strings.flatMap((text, i) => (i < values.length ? [text, values[i]!] : [text]));
}

/** Code in rows, each on a line of its own. */
export function lines(rows: readonly Code[]): Code {
  return joined(rows, '\n');
}

/** Declarations, with an empty line between each two. */
export function paragraphs(parts: readonly Code[]): Code {
  return joined(parts, '\n\n');
}

/** Code with something between each two parts, such as a comma. */
export function joined(parts: readonly Code[], separator: string): Code {
  return parts.flatMap((part, i) => (i === 0 ? [part] : [separator, part]));
}

/** How many characters some code takes on one line. Aliases of imports are not foreseen. */
export function widthOf(part: Code): number {
  if (typeof part === 'string') return part.length;
  if (typeof part === 'number') return String(part).length;
  return isSymbol(part) ? part.name.length : part.reduce<number>((sum, it) => sum + widthOf(it), 0);
}

/** A function's head: its parameters on one line where they fit, else each on its own. */
export function signature(head: Code, parameters: readonly Code[], tail: Code, indent: string): Code {
  const flat: Code = [indent, head, '(', joined(parameters, ', '), ')', tail];
  if (widthOf(flat) <= 120) return flat;
  return [indent, head, '(\n', ...parameters.map((it) => code`${indent}  ${it},\n`), indent, ')', tail];
}

/** A documentation comment: one line where it fits, else a block. */
export function docComment(text: string, indent = ''): string {
  const safe = blockComment(text).trim();
  if (!safe.includes('\n') && indent.length + safe.length <= 112) return `${indent}/** ${safe} */`;
  const rows = safe.split('\n').flatMap((row) => wrap(row.trimEnd(), 115 - indent.length));
  return [`${indent}/**`, ...rows.map((row) => `${indent} * ${row}`.trimEnd()), `${indent} */`].join('\n');
}

/** The file that some code makes, with its header and the imports that the code asks for. */
export function sourceFile(path: string, header: string, body: Code, options: OutputOptions): GeneratedFile {
  const atoms = atomsOf(body);
  const imports = new Imports(path, options, declaredIn(atoms));
  const text = imports.render(atoms).trim();
  const parts = [header, imports.block(), text].filter((it) => it !== '');
  return { path, text: `${parts.join('\n\n')}\n` };
}

type Atom = string | number | ImportedSymbol;

function atomsOf(part: Code, found: Atom[] = []): readonly Atom[] {
  if (typeof part !== 'object' || isSymbol(part)) found.push(part);
  else for (const it of part) atomsOf(it, found);
  return found;
}

/** The names that a file declares for itself, which nothing that it imports may have. */
function declaredIn(atoms: readonly Atom[]): ReadonlySet<string> {
  const text = atoms.map((it) => (typeof it === 'object' ? ' ' : it)).join('');
  const names = text.matchAll(/^(?:export )?(?:const|function|interface|type) ([\p{ID_Continue}$]+)/gmu);
  return new Set([...names].map(([, name = '']) => name));
}

/** Collects what a file imports while its code is rendered. Two symbols of one name get aliases. */
class Imports {
  readonly #path: string;
  readonly #options: OutputOptions;
  readonly #modules = new Map<string, Map<string, { alias: string; typeOnly: boolean }>>();
  readonly #taken: Set<string>;

  constructor(path: string, options: OutputOptions, declared: ReadonlySet<string>) {
    this.#path = path;
    this.#options = options;
    this.#taken = new Set(declared);
  }

  render(atoms: readonly Atom[]): string {
    return atoms.map((it) => (typeof it === 'object' ? this.#use(it) : it)).join('');
  }

  block(): string {
    const rows = [...this.#modules]
      .map(([from, names]) => ({ specifier: this.#specifier(from), names }))
      .sort((a, b) => rank(a.specifier) - rank(b.specifier) || order(a.specifier, b.specifier))
      .map(({ specifier, names }) => importRow(specifier, names));
    return rows.join('\n');
  }

  #use({ name, from, typeOnly }: ImportedSymbol): string {
    if (from === this.#path) return name;
    const names = this.#modules.get(from) ?? new Map<string, { alias: string; typeOnly: boolean }>();
    this.#modules.set(from, names);
    const known = names.get(name);
    if (known) {
      names.set(name, { alias: known.alias, typeOnly: known.typeOnly && typeOnly });
      return known.alias;
    }
    let alias = name;
    for (let n = 2; this.#taken.has(alias); n += 1) alias = `${name}${n}`;
    this.#taken.add(alias);
    names.set(name, { alias, typeOnly });
    return alias;
  }

  #specifier(from: string): string {
    if (!from.endsWith('.ts')) return from;
    const here = this.#path.split('/').slice(0, -1);
    const there = from.split('/');
    let shared = 0;
    while (shared < here.length && here[shared] === there[shared]) shared += 1;
    const up = here.length - shared;
    const path = [...(up === 0 ? ['.'] : Array<string>(up).fill('..')), ...there.slice(shared)].join('/');
    return path.replace(/\.ts$/, this.#options.importExtension);
  }
}

/** Packages first, then files from far to near. */
function rank(specifier: string): number {
  return specifier.startsWith('../') ? 1 : specifier.startsWith('./') ? 2 : 0;
}

function importRow(
  specifier: string,
  names: ReadonlyMap<string, { alias: string; typeOnly: boolean }>,
): string {
  const sorted = [...names].sort(([a], [b]) => order(a, b));
  const allTypes = sorted.every(([, { typeOnly }]) => typeOnly);
  const items = sorted.map(([name, { alias, typeOnly }]) => {
    const renamed = alias === name ? name : `${name} as ${alias}`;
    return typeOnly && !allTypes ? `type ${renamed}` : renamed;
  });
  const keyword = allTypes ? 'import type' : 'import';
  const row = `${keyword} { ${items.join(', ')} } from ${quote(specifier)};`;
  return row.length <= 120
    ? row
    : `${keyword} {\n${items.map((it) => `  ${it},\n`).join('')}} from ${quote(specifier)};`;
}

function isSymbol(part: Code): part is ImportedSymbol {
  return typeof part === 'object' && 'kind' in part;
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function wrap(text: string, width: number): string[] {
  const rows: string[] = [];
  let row = '';
  for (const word of text.split(' ')) {
    if (row !== '' && row.length + 1 + word.length > width) {
      rows.push(row);
      row = word;
    } else row = row === '' ? word : `${row} ${word}`;
  }
  return [...rows, row];
}
