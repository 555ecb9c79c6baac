import type { Generator } from '../source/generator.ts';
import { headerOf } from '../source/header.ts';
import { RUNTIME_CONTRACT, RUNTIME_FORMATS, RUNTIME_VALIDATION } from '../source/modules.ts';
import {
  type Code,
  code,
  docComment,
  lines,
  sourceFile,
  typeSymbol,
  valueSymbol,
} from '../source/source-file.ts';
import { compile } from './compile.ts';
import { bytesGuardsOf, guardsOf } from './guards.ts';
import type { Unit } from './units.ts';

/**
 * `<domain>/validators.ts`: a type guard for every message. The functions are Ajv's standalone code, made here and now,
 * so that nothing is compiled, and no `eval` is used, where messages are checked. Schemas that messages share are
 * shared functions.
 */
export const validators: Generator = {
  name: 'validators',
  needs: ['types'],
  async generate(scope) {
    const guards = guardsOf(scope);
    const bytes = bytesGuardsOf(scope);
    if (guards.length + bytes.length === 0) return [];
    const { units, answers } = await compile(scope, guards);
    const rows = [...guards.map((it) => ({ ...it, answer: answers.get(it.name) ?? '' })), ...bytes].map(
      ({ name, type, doc, answer }) =>
        code`${docComment(doc)}\nexport const ${name}: ${typeSymbol('StandardValidator', RUNTIME_CONTRACT)}<${type}> =\n  ${PURE} ${valueSymbol('standardValidator', RUNTIME_CONTRACT)}(${answer});\n`,
    );
    const header = `${headerOf(scope)}\n// @ts-nocheck: the functions are Ajv's; the exports are typed.`;
    const body = lines([...rows, ...units.flatMap((unit, i) => printed(unit, units[i - 1]))]);
    return [sourceFile(`${scope.folder}/validators.ts`, header, body, scope.options)];
  },
};

/** Bundlers leave out what such a call makes when nobody uses it. */
const PURE = '/* @__PURE__ */';

/** Constants stand close together, functions apart. */
function printed(unit: Unit, before: Unit | undefined): Code[] {
  const isApart = before !== undefined && !(isConstant(unit) && isConstant(before));
  return [...(isApart ? [''] : []), withImports(unit.text)];
}

function isConstant({ text }: Unit): boolean {
  return text.startsWith('const ');
}

/** What Ajv's code asks of its runtime comes from ours. */
function withImports(text: string): Code {
  return text
    .split(RUNTIME_NAMES)
    .map((part) =>
      NAMES.has(part) ? valueSymbol(part, part === 'formats' ? RUNTIME_FORMATS : RUNTIME_VALIDATION) : part,
    );
}

const NAMES = new Set([
  'ucs2length',
  'equal',
  'isMultipleOf',
  'formats',
  'dateFormat',
  'timeFormat',
  'dateTimeFormat',
]);

/** Strings, whatever they say, and those names where they are none of a property. */
const RUNTIME_NAMES = new RegExp(`("(?:[^"\\\\]|\\\\.)*"|(?<![.\\w$])(?:${[...NAMES].join('|')})(?=[([.]))`);
