import { regExpOf } from '@chirograph/contract/model';

/**
 * Validators: Ajv's standalone code, taken apart into functions and constants that are named after what they are, so that
 * the text of each depends on its schema alone. What belongs to one message can then be kept, and put together anew.
 */

/** A function or a constant of a module. */
export interface Unit {
  readonly name: string;
  readonly text: string;
}

/**
 * The units of a text that Ajv printed.
 * @param schemaNames the names of schemas, by the names that Ajv gave their functions
 * @param formatNames the names of formats, by the regular expressions that stand for them
 */
export function unitsOf(
  text: string,
  schemaNames: ReadonlyMap<string, string>,
  formatNames: ReadonlyMap<string, string>,
): Unit[] {
  const blocks = blocksOf(text);
  const renames = new Map(
    blocks.flatMap(({ name, value }) => renameOf(name, value, schemaNames, formatNames)),
  );
  // Functions are hoisted here, as they are not where Ajv compiles them: nothing needs a wrapper to be called early.
  for (const { name, value } of blocks) {
    const wrapped = /^\{validate: (\w+)\}$/.exec(value ?? '')?.[1];
    if (wrapped !== undefined) renames.set(`${name}.validate`, renames.get(wrapped) ?? wrapped);
  }
  return blocks.flatMap(({ name, value, rows }) => {
    if (name.startsWith('wrapper') || ours(value) !== undefined) return [];
    const unit = renames.get(name) ?? name;
    if (value === undefined)
      return [
        {
          name: unit,
          text: indented(rows)
            .map((row) => renamed(row, renames))
            .join('\n'),
        },
      ];
    return [{ name: unit, text: `const ${unit} = ${constantOf(value)};` }];
  });
}

/** The units that one needs, itself included. */
export function closureOf(root: string, units: ReadonlyMap<string, Unit>): Unit[] {
  const found = new Map<string, Unit>();
  const visit = (name: string) => {
    const unit = units.get(name);
    if (!unit || found.has(name)) return;
    found.set(name, unit);
    for (const [mention] of unit.text.matchAll(MENTION)) visit(mention);
  };
  visit(root);
  return [...found.values()];
}

const MENTION = /(?<![.\w$"])(?:validate|schema|format|pattern)[\p{L}\p{N}_$]+/gu;

interface Block {
  /** As Ajv calls it: `validate12`, `schema3`. */
  readonly name: string;
  /** Of a constant. */
  readonly value: string | undefined;
  readonly rows: string[];
}

function blocksOf(text: string): Block[] {
  const blocks: Block[] = [];
  let rows: string[] = [];
  let depth = 0;
  for (const row of text.split('\n')) {
    const [, name = '', value] = /^const (\w+) = (.*);$/.exec(row) ?? [];
    if (depth === 0 && value !== undefined) {
      blocks.push({ name, value, rows: [row] });
      continue;
    }
    const about = depth === 0 ? /^(\w+)\.evaluated = /.exec(row)?.[1] : undefined;
    // What Ajv notes of a function, for those that ask what has been evaluated, belongs to it.
    if (about !== undefined) blocks.find((it) => it.name === about)?.rows.push(row);
    if (depth === 0 && !row.startsWith('function ')) continue;
    if (row.startsWith('}')) depth -= 1;
    if (row.endsWith('{')) depth += 1;
    if (row.trim() !== '') rows.push(row);
    if (depth > 0) continue;
    blocks.push({ name: /^function (\w+)/.exec(rows[0] ?? '')?.[1] ?? '', value: undefined, rows });
    rows = [];
  }
  return blocks;
}

const LENGTH = 'require("ajv/dist/runtime/ucs2length").default';
const EQUAL = 'require("ajv/dist/runtime/equal").default';
const OWN = 'Object.prototype.hasOwnProperty';
const FORMATS = 'require("ajv-formats/dist/formats").fullFormats';

/** The formats that the runtime has by themselves, by how Ajv asks for them. */
const MOMENTS: ReadonlyMap<string, string> = new Map([
  [`${FORMATS}.date`, 'dateFormat'],
  [`${FORMATS}.time`, 'timeFormat'],
  [`${FORMATS}["date-time"]`, 'dateTimeFormat'],
]);

/**
 * What the runtime has for what Ajv asks for; undefined where it is none of that. It is named where it is used: a bundler
 * keeps a constant of what an import holds, whether anybody needs it or not.
 */
function ours(value: string | undefined): string | undefined {
  if (value === LENGTH) return 'ucs2length';
  if (value === EQUAL) return 'equal';
  if (value === OWN) return OWN;
  if (!value?.startsWith(FORMATS)) return undefined;
  return MOMENTS.get(value) ?? value.replace(FORMATS, 'formats');
}

/** What a block is called instead of its number. */
function renameOf(
  name: string,
  value: string | undefined,
  schemaNames: ReadonlyMap<string, string>,
  formatNames: ReadonlyMap<string, string>,
): [string, string][] {
  if (value === undefined) return [[name, `validate${schemaNames.get(name) ?? name}`]];
  const runtime = ours(value);
  if (runtime !== undefined) return [[name, runtime]];
  if (name.startsWith('formats')) {
    const format = formatNames.get(value);
    return [[name, format === undefined ? `format${hash(value)}` : `format${words(format)}`]];
  }
  if (name.startsWith('schema') || name.startsWith('pattern')) {
    return [[name, `${name.replace(/\d+$/, '')}${hash(value)}`]];
  }
  return [];
}

/** A property called `__proto__` instead of a prototype; a pattern as it is read everywhere, where Ajv prints the flag `u`. */
function constantOf(value: string): string {
  const [, pattern] = /^new RegExp\((".*"), "u"\)$/.exec(value) ?? [];
  if (pattern !== undefined && regExpOf(JSON.parse(pattern) as string)?.flags === '')
    return `new RegExp(${pattern}, "")`;
  return value.replaceAll(/(?<!\\)"__proto__":/g, '["__proto__"]:');
}

/** Names outside of strings, and not those of properties. */
const NAMES =
  /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|(?<![.\w$])(?:wrapper\d+\.validate|[a-z][A-Za-z]*\d+)(?![\w$])/g;

function renamed(row: string, renames: ReadonlyMap<string, string>): string {
  return row.replace(NAMES, (name) => renames.get(name) ?? name);
}

/** One step for each open brace; Ajv begins and ends its lines with them. */
function indented(rows: readonly string[]): string[] {
  let depth = 0;
  return rows.map((row) => {
    if (row.startsWith('}')) depth -= 1;
    const text = '  '.repeat(Math.max(0, depth)) + row;
    if (row.endsWith('{')) depth += 1;
    return text;
  });
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
