import { RUNTIME_VALIDATION } from '../source/modules.ts';
import { type Code, valueSymbol } from '../source/source-file.ts';

/**
 * Ajv's standalone code, made fit for a source file: `require` calls become imports (it prints them even for ES
 * modules), constants that nothing uses are dropped, blocks are indented.
 * @returns the functions, and the function that each export of Ajv's names
 */
export function tidy(text: string): { functions: Code; names: ReadonlyMap<string, string> } {
  const names = new Map<string, string>();
  const kept: string[] = [];
  for (const row of text.split('\n')) {
    const exported = /^export const (\w+) = (\w+);$/.exec(row);
    if (exported) names.set(exported[1] ?? '', exported[2] ?? '');
    else if (row !== '"use strict";' && row.trim() !== '') kept.push(row);
  }
  const used = indent(kept.filter((row) => !isUnusedConstant(row, kept)));
  return { functions: used.map((row, i) => [i === 0 ? '' : '\n', withImports(row)]), names };
}

/** Ajv writes each schema out as a constant, whether or not an error message quotes it. */
function isUnusedConstant(row: string, rows: readonly string[]): boolean {
  const name = /^const (schema\d+) = /.exec(row)?.[1];
  if (name === undefined) return false;
  const mention = new RegExp(`\\b${name}\\b`);
  return !rows.some((other) => other !== row && mention.test(other));
}

const FORMAT = /require\("ajv-formats\/dist\/formats"\)\.fullFormats/;
const LENGTH = /require\("ajv\/dist\/runtime\/ucs2length"\)\.default/;
const EQUAL = /require\("ajv\/dist\/runtime\/equal"\)\.default/;

function withImports(row: string): Code {
  for (const [pattern, name] of [
    [FORMAT, 'formats'],
    [LENGTH, 'ucs2length'],
    [EQUAL, 'equal'],
  ] as const) {
    const [before = '', after] = row.split(pattern);
    if (after !== undefined) return [before, valueSymbol(name, RUNTIME_VALIDATION), after];
  }
  return row;
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
