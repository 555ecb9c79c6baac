/**
 * ECMAScript patterns as regular languages: the words in which `new RegExp(source, 'u')` finds a match. A
 * pattern is compiled from its end to its start against the language of what may follow, so that `$` and
 * lookaheads become intersections with that language.
 */
import { type AST, RegExpParser } from '@eslint-community/regexpp';
import {
  ALL_CODE_POINTS,
  type CodePoints,
  codePointsOf,
  complementOf,
  intersectionOf,
  unionOf,
} from './code-points.ts';
import type { Language, Languages } from './language.ts';

/** A pattern's language, or why it has none here. */
export type PatternLanguage =
  | { readonly kind: 'language'; readonly language: Language }
  /** The pattern is no regular expression of ECMAScript with the flag `u`. */
  | { readonly kind: 'invalid'; readonly message: string }
  /** A construct that is not regular (backreference) or not covered (`construct` names it). */
  | { readonly kind: 'irregular'; readonly construct: string };

/** What may follow, given whether the place is still the start of the word. */
type Rest = (atStart: boolean) => Language;

class Irregular extends Error {}

const parser = new RegExpParser({ ecmaVersion: 2025 });

/** Quantified groups that hold assertions are written out up to this many times. */
const UNROLLED = 32;

const digit = codePointsOf([[0x30, 0x39]]);
const word = codePointsOf([
  [0x30, 0x39],
  [0x41, 0x5a],
  [0x5f, 0x5f],
  [0x61, 0x7a],
]);
const space = codePointsOf([
  [0x09, 0x0d],
  [0x20, 0x20],
  [0xa0, 0xa0],
  [0x1680, 0x1680],
  [0x2000, 0x200a],
  [0x2028, 0x2029],
  [0x202f, 0x202f],
  [0x205f, 0x205f],
  [0x3000, 0x3000],
  [0xfeff, 0xfeff],
]);
const lineTerminator = codePointsOf([
  [0x0a, 0x0a],
  [0x0d, 0x0d],
  [0x2028, 0x2029],
]);

/**
 * The language of a JSON Schema `pattern`: unanchored, with the flag `u` (JSON Schema validation, section
 * 6.3.3). `ignoreCase` folds ASCII letters only, which suffices for the formats that use it.
 */
export function languageOfPattern(languages: Languages, source: string, ignoreCase = false): PatternLanguage {
  let pattern: AST.Pattern;
  try {
    pattern = parser.parsePattern(source, 0, source.length, { unicode: true });
  } catch (error) {
    return { kind: 'invalid', message: error instanceof Error ? error.message : String(error) };
  }
  try {
    return { kind: 'language', language: searched(languages, pattern, ignoreCase) };
  } catch (error) {
    if (error instanceof Irregular) return { kind: 'irregular', construct: error.message };
    throw error;
  }
}

function searched(languages: Languages, pattern: AST.Pattern, ignoreCase: boolean): Language {
  const { all, none, empty, and, or, not, concat, repeat, point } = languages;
  const anyPoint = point(ALL_CODE_POINTS);
  const plain = new Map<AST.Node, Language | undefined>();

  const first = disjunction(pattern.alternatives, () => all, true);
  const later = disjunction(pattern.alternatives, () => all, false);
  if (first === later) return concat(all, later);
  return or([first, concat(repeat(anyPoint, 1, Infinity), later)]);

  function disjunction(alternatives: readonly AST.Alternative[], rest: Rest, start: boolean): Language {
    return or(alternatives.map((alternative) => sequence(alternative.elements, rest)(start)));
  }

  function sequence(elements: readonly AST.Element[], rest: Rest): Rest {
    return elements.reduceRight<Rest>((after, element) => (start) => followed(element, after, start), rest);
  }

  /** The language of `node` and then `rest`. */
  function followed(node: AST.Element, rest: Rest, start: boolean): Language {
    const own = plainLanguage(node);
    if (own !== undefined) {
      const later = rest(false);
      if (!start || !own.nullable || rest(true) === later) return concat(own, later);
      return or([concat(and([own, not(empty)]), later), rest(true)]);
    }
    switch (node.type) {
      case 'Assertion':
        return asserted(node, rest, start);
      case 'Group':
      case 'CapturingGroup':
        return disjunction(node.alternatives, rest, start);
      case 'Quantifier':
        return repeated(node, rest, start);
      default:
        throw new Irregular(node.raw);
    }
  }

  function asserted(node: AST.Assertion, rest: Rest, start: boolean): Language {
    switch (node.kind) {
      case 'start':
        return start ? rest(true) : none;
      case 'end':
        return rest(start).nullable ? empty : none;
      case 'lookahead': {
        const ahead = disjunction(node.alternatives, () => all, start);
        return and([node.negate ? not(ahead) : ahead, rest(start)]);
      }
      default:
        throw new Irregular(node.raw);
    }
  }

  function repeated(node: AST.Quantifier, rest: Rest, start: boolean): Language {
    if (node.max > UNROLLED) throw new Irregular(node.raw);
    let after = rest;
    for (let count = node.max; count > 0; count--) {
      const [again, optional] = [after, count > node.min];
      after = (here) => {
        const taken = followed(node.element, again, here);
        return optional ? or([taken, rest(here)]) : taken;
      };
    }
    return after(start);
  }

  /** The language of a node without assertions, or undefined where it has one. */
  function plainLanguage(node: AST.Element | AST.Alternative): Language | undefined {
    if (plain.has(node)) return plain.get(node);
    const result = computePlain(node);
    plain.set(node, result);
    return result;
  }

  function computePlain(node: AST.Element | AST.Alternative): Language | undefined {
    switch (node.type) {
      case 'Character':
      case 'CharacterSet':
      case 'CharacterClass':
        return point(pointsOf(node, ignoreCase));
      case 'Group':
        if (node.modifiers !== null) throw new Irregular(node.raw);
        return allOf(node.alternatives.map(plainLanguage), or);
      case 'CapturingGroup':
        return allOf(node.alternatives.map(plainLanguage), or);
      case 'Alternative':
        return allOf(node.elements.map(plainLanguage), (parts) =>
          parts.reduceRight((rest, part) => concat(part, rest), empty),
        );
      case 'Quantifier': {
        const of = plainLanguage(node.element);
        return of === undefined ? undefined : repeat(of, node.min, node.max);
      }
      case 'Backreference':
      case 'ExpressionCharacterClass':
        throw new Irregular(node.raw);
      case 'Assertion':
        return undefined;
    }
  }
}

function allOf(
  parts: readonly (Language | undefined)[],
  join: (parts: readonly Language[]) => Language,
): Language | undefined {
  const known = parts.filter((part) => part !== undefined);
  return known.length === parts.length ? join(known) : undefined;
}

function pointsOf(
  node: AST.Character | AST.CharacterSet | AST.CharacterClass | AST.CharacterClassElement,
  ignoreCase: boolean,
): CodePoints {
  switch (node.type) {
    case 'Character':
      return folded(codePointsOf([[node.value, node.value]]), ignoreCase);
    case 'CharacterClassRange':
      return folded(codePointsOf([[node.min.value, node.max.value]]), ignoreCase);
    case 'CharacterClass': {
      const points = unionOf(...node.elements.map((element) => pointsOf(element, ignoreCase)));
      return node.negate ? complementOf(points) : points;
    }
    case 'CharacterSet':
      return setPoints(node);
    default:
      throw new Irregular(node.raw);
  }
}

function setPoints(node: AST.CharacterSet): CodePoints {
  switch (node.kind) {
    case 'any':
      return complementOf(lineTerminator);
    case 'digit':
      return node.negate ? complementOf(digit) : digit;
    case 'space':
      return node.negate ? complementOf(space) : space;
    case 'word':
      return node.negate ? complementOf(word) : word;
    case 'property':
      return propertyPoints(node.raw);
  }
}

const properties = new Map<string, CodePoints>();

/** Planes 4 to 13: Unicode has assigned nothing there, so their code points differ only as noncharacters. */
const UNASSIGNED = { from: 0x4, to: 0xd };
const PLANE = 0x10000;

/** The code points of `\p{...}`, asked of the engine's own Unicode tables, once for each property. */
function propertyPoints(raw: string): CodePoints {
  const known = properties.get(raw);
  if (known !== undefined) return known;
  const test = new RegExp(`^${raw}$`, 'u');
  const has = (point: number) => test.test(String.fromCodePoint(point));
  const ranges: [number, number][] = [];
  for (let start = 0; start < ALL_CODE_POINTS[1]!; start += PLANE) {
    const plane = start / PLANE;
    const assigned = plane < UNASSIGNED.from || plane > UNASSIGNED.to;
    const noncharacters = start + PLANE - 2;
    if (!assigned && has(start)) ranges.push([start, noncharacters - 1]);
    for (let point = assigned ? start : noncharacters; point < start + PLANE; point++) {
      if (has(point)) ranges.push([point, point]);
    }
  }
  const points = codePointsOf(ranges);
  properties.set(raw, points);
  return points;
}

const UPPER = codePointsOf([[0x41, 0x5a]]);
const LOWER = codePointsOf([[0x61, 0x7a]]);
const CASE_DISTANCE = 0x20;

function folded(points: CodePoints, ignoreCase: boolean): CodePoints {
  if (!ignoreCase) return points;
  const lowered = intersectionOf(points, UPPER).map((point) => point + CASE_DISTANCE);
  const raised = intersectionOf(points, LOWER).map((point) => point - CASE_DISTANCE);
  return unionOf(points, lowered, raised);
}
