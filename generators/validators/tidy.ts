import { RUNTIME_VALIDATION } from '../source/modules.ts';
import { type Code, valueSymbol } from '../source/source-file.ts';

/** Functions of Ajv's making, fit for a source file. */
export interface Tidied {
  readonly functions: Code;
  /** The function that checks a schema, by the schema's name. */
  readonly names: ReadonlyMap<string, string>;
}

/**
 * Ajv's standalone code, made fit for a source file: `require` calls become imports (it prints them even for ES
 * modules), constants that nothing uses are dropped, blocks are indented, and functions are called after their schemas
 * instead of being numbered, so that a change of one schema changes the text of one function.
 * @param text what Ajv printed, each export named after its schema
 * @param schemaNames the schemas' names, by the names that Ajv gave their functions
 * @param suffix keeps the names of several outputs in one file apart
 */
export function tidy(text: string, schemaNames: ReadonlyMap<string, string>, suffix: string): Tidied {
  const exported = new Map<string, string>();
  const kept: string[] = [];
  for (const row of text.split('\n')) {
    const [, name, value] = /^export const (\w+) = (\w+);$/.exec(row) ?? [];
    if (name !== undefined && value !== undefined) exported.set(name, value);
    else if (row !== '"use strict";' && row.trim() !== '') kept.push(row);
  }
  const renames = renamesFor(kept, schemaNames, suffix);
  const rows = dropUnused(kept.filter((row) => !isImportedConstant(row)));
  const printed = indent(rows).map((row) => withImports(renamed(row, renames)));
  return {
    functions: printed.map((row, i) => [i === 0 ? '' : '\n', row]),
    names: new Map([...exported].map(([name, value]) => [name, renames.get(value) ?? value])),
  };
}

/** What Ajv numbered, by what it is. */
function renamesFor(
  rows: readonly string[],
  schemaNames: ReadonlyMap<string, string>,
  suffix: string,
): Map<string, string> {
  const renames = new Map<string, string>();
  for (const row of rows) {
    const [, name, value] = /^(?:const|function) (\w+\d+)(?: = (.*);|\()/.exec(row) ?? [];
    if (name === undefined) continue;
    const schema = schemaNames.get(name);
    if (schema !== undefined) renames.set(name, `validate${schema}${suffix}`);
    else if (LENGTH.test(value ?? '')) renames.set(name, 'ucs2length');
    else if (EQUAL.test(value ?? '')) renames.set(name, 'equal');
    else if (suffix !== '') renames.set(name, `${name}${suffix}`);
  }
  return renames;
}

/** Names outside of strings, and not those of properties. */
const NAMES = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|(?<![.\w$])[a-z][A-Za-z]*\d+(?![\w$])/g;

function renamed(row: string, renames: ReadonlyMap<string, string>): string {
  // Values are left as they are: a format may be a regular expression, in which anything may stand. `__proto__` in an
  // object literal would set the prototype.
  const [, head, tail] = /^(const (?:formats|schema)\d+ = )(.+)$/.exec(row) ?? [];
  if (head !== undefined && tail !== undefined)
    return renamed(head, renames) + tail.replaceAll(/(?<!\\)"__proto__":/g, '["__proto__"]:');
  return row.replace(NAMES, (name) => renames.get(name) ?? name);
}

/** Ajv writes each schema out as a constant, whether or not an error message quotes it. */
function dropUnused(rows: readonly string[]): string[] {
  const uses = new Map<string, number>();
  for (const [name] of rows.join('\n').matchAll(/(?<![.\w$])schema\d+/g))
    uses.set(name, (uses.get(name) ?? 0) + 1);
  return rows.filter((row) => {
    const name = /^const (schema\d+) = /.exec(row)?.[1];
    return name === undefined || (uses.get(name) ?? 0) > 1;
  });
}

const FORMAT = /require\("ajv-formats\/dist\/formats"\)\.fullFormats/;
const LENGTH = /^require\("ajv\/dist\/runtime\/ucs2length"\)\.default$/;
const EQUAL = /^require\("ajv\/dist\/runtime\/equal"\)\.default$/;

function isImportedConstant(row: string): boolean {
  const value = /^const \w+ = (.*);$/.exec(row)?.[1] ?? '';
  return LENGTH.test(value) || EQUAL.test(value);
}

/** The functions that stand in for Ajv's own, wherever a row mentions them. */
function withImports(row: string): Code {
  const [before = '', after] = row.split(FORMAT);
  if (after !== undefined) return [before, valueSymbol('formats', RUNTIME_VALIDATION), after];
  const parts = row.split(/(?<![.\w$"])(ucs2length|equal)(?=\()/);
  if (parts.length === 1) return row;
  return parts.map((part, i) => (i % 2 === 1 ? valueSymbol(part, RUNTIME_VALIDATION) : part));
}

/** One step for each open brace; Ajv begins and ends its lines with them. */
function indent(rows: readonly string[]): string[] {
  let depth = 0;
  return rows.map((row) => {
    if (row.startsWith('}')) depth -= 1;
    const indented = '  '.repeat(Math.max(0, depth)) + row;
    if (row.endsWith('{')) depth += 1;
    return indented;
  });
}
