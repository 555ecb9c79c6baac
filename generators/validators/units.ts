import { regExpOf } from '@chirograph/schema';
import type { SchemaEnv } from 'ajv/dist/compile/index.js';
import type { SourceCode } from 'ajv/dist/types/index.js';
import { printedCode } from '../source/text.ts';

/**
 * Validators: what Ajv prints, as functions and constants that are named after what they are, so that the text of each
 * depends on its schema alone. What belongs to one message can then be kept, and put together anew.
 */

/** A function or a constant of a module. */
export interface Unit {
  readonly name: string;
  readonly text: string;
}

/** A unit, and the names of those that it mentions. */
export interface Printed extends Unit {
  readonly needs: ReadonlySet<string>;
}

/** What Ajv made of a schema. */
export interface Source {
  /** What its function is to be called. */
  readonly name: string;
  readonly code: SourceCode;
}

/**
 * The units of what Ajv printed: its functions, and the constants that these mention.
 * @param formatNames the names of formats, by the regular expressions that stand for them
 */
export function unitsOf(
  sources: readonly Source[],
  formatNames: ReadonlyMap<string, string>,
): Map<string, Printed> {
  const names = functionNames(sources);
  const constants = constantsOf(sources);
  const units = new Map<string, Printed>();
  const constant = (mention: string): string | undefined => {
    const value = constants.get(mention);
    if (value === undefined) return undefined;
    const ours = runtimeName(value);
    const name = ours ?? constantName(mention, value, formatNames);
    if (ours === undefined)
      units.set(name, { name, text: `const ${name} = ${printedCode(constantText(value))};`, needs: NONE });
    names.set(mention, name);
    return name;
  };
  for (const { name, code } of sources) {
    const needs = new Set<string>();
    const text = printedCode(indented(code)).replace(NAMES, (mention) => {
      const own = names.get(mention) ?? constant(mention);
      if (own !== undefined) needs.add(own);
      return own ?? mention;
    });
    units.set(name, { name, text, needs });
  }
  return units;
}

const NONE: ReadonlySet<string> = new Set();

/** What functions are called, by the names that Ajv gave them. */
function functionNames(sources: readonly Source[]): Map<string, string> {
  const names = new Map(sources.map(({ name, code }) => [code.validateName.str, name]));
  // Functions are hoisted here, as they are not where Ajv compiles them: nothing needs a wrapper to be called early.
  for (const { str, value } of sources.flatMap(({ code }) => [...(code.scopeValues.wrapper ?? [])])) {
    const { validateName } = (value?.ref ?? {}) as Partial<SchemaEnv>;
    const name = validateName && names.get(validateName.str);
    if (name !== undefined) names.set(`${str}.validate`, name);
  }
  return names;
}

/** The texts of constants, by the names that Ajv gave them. */
function constantsOf(sources: readonly Source[]): Map<string, string> {
  const values = sources.flatMap(({ code }) =>
    Object.values(code.scopeValues).flatMap((it) => [...(it ?? [])]),
  );
  return new Map(
    [...new Set(values)].flatMap(({ str, value }) =>
      value?.code ? [[str, String(value.code)] as const] : [],
    ),
  );
}

/** The units that one needs, itself included. */
export function closureOf(root: string, units: ReadonlyMap<string, Printed>): Unit[] {
  const found = new Map<string, Unit>();
  const visit = (name: string) => {
    const unit = units.get(name);
    if (!unit || found.has(name)) return;
    found.set(name, { name, text: unit.text });
    unit.needs.forEach(visit);
  };
  visit(root);
  return [...found.values()];
}

const FORMATS = 'require("ajv-formats/dist/formats").fullFormats';

/** Constants that come from our runtime, or from the language, and what they are called there. */
const RUNTIME: ReadonlyMap<string, string> = new Map([
  ['require("ajv/dist/runtime/ucs2length").default', 'ucs2length'],
  ['require("ajv/dist/runtime/equal").default', 'equal'],
  ['Object.prototype.hasOwnProperty', 'Object.prototype.hasOwnProperty'],
  ['isMultipleOf', 'isMultipleOf'],
  [`${FORMATS}.date`, 'dateFormat'],
  [`${FORMATS}.time`, 'timeFormat'],
  [`${FORMATS}["date-time"]`, 'dateTimeFormat'],
]);

/**
 * What the runtime has for what Ajv asks for; undefined where it is none of that. It is named where it is used: a bundler
 * keeps a constant of what an import holds, whether anybody needs it or not.
 */
function runtimeName(value: string): string | undefined {
  return RUNTIME.get(value) ?? (value.startsWith(FORMATS) ? value.replace(FORMATS, 'formats') : undefined);
}

/** What a constant is called instead of its number. */
function constantName(name: string, value: string, formatNames: ReadonlyMap<string, string>): string {
  if (!name.startsWith('formats')) return `${name.replace(/\d+$/, '')}${hash(value)}`;
  const format = formatNames.get(value);
  return format === undefined ? `format${hash(value)}` : `format${words(format)}`;
}

/** A property called `__proto__` instead of a prototype; a pattern as it is read everywhere, where Ajv prints the flag `u`. */
function constantText(value: string): string {
  const [, pattern] = /^new RegExp\((".*"), "u"\)$/.exec(value) ?? [];
  if (pattern !== undefined && regExpOf(JSON.parse(pattern) as string)?.flags === '')
    return `new RegExp(${pattern}, "")`;
  return value.replaceAll(/(?<!\\)"__proto__":/g, '["__proto__"]:');
}

/** Names outside of strings, and not those of properties. */
const NAMES =
  /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|(?<![.\w$])(?:wrapper\d+\.validate|[a-z][A-Za-z]*\d+)(?![\w$])/g;

/** One step for each open brace; Ajv begins and ends its lines with them. */
function indented({ validateCode, validateName, evaluated }: SourceCode): string {
  // What Ajv notes of a function, for those that ask what has been evaluated, belongs to it.
  const note = evaluated ? `${validateName.str}.evaluated = ${evaluated};` : '';
  let depth = 0;
  let text = '';
  for (const row of `${validateCode}\n${note}`.split('\n')) {
    if (row.trim() === '') continue;
    if (row.startsWith('}')) depth -= 1;
    text += `${text === '' ? '' : '\n'}${'  '.repeat(Math.max(0, depth))}${row}`;
    if (row.endsWith('{')) depth += 1;
  }
  return text;
}

function words(format: string): string {
  return format.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());
}

/** FNV-1a, 32 bits: the same text has the same name everywhere. */
function hash(text: string): string {
  let state = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) state = Math.imul(state ^ text.charCodeAt(i), 0x01000193);
  return (state >>> 0).toString(16).padStart(8, '0');
}
