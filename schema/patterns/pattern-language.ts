/**
 * ECMAScript patterns as regular languages: the words in which `new RegExp(source, 'u')` finds a match. A
 * pattern is compiled from its end to its start against the language of what may follow, so that `$` and
 * lookaheads become intersections with that language.
 */
import { createRequire } from 'node:module';
import type { AST } from '@eslint-community/regexpp';
import {
  ALL_CODE_POINTS,
  type CodePoints,
  codePointsOf,
  complementOf,
  hasCodePoint,
  intersectionOf,
  unionOf,
} from './code-points.ts';
import type { Language, Languages } from './language.ts';

/** A pattern's language, or why it has none here. */
export type PatternLanguage =
  | { readonly kind: 'language'; readonly language: Language }
  /** Valid only without the flag `u`, and then about code units: right for words within the basic plane. */
  | { readonly kind: 'legacy'; readonly language: Language }
  /** The pattern is no regular expression of ECMAScript, with the flag `u` or without. */
  | { readonly kind: 'invalid'; readonly message: string }
  /** A construct that is not regular (backreference) or not covered (`construct` names it). */
  | { readonly kind: 'irregular'; readonly construct: string };

/** What stands before a place in the word: nothing, or a code point of a class, by its number. */
type Before = number;

/** The start of the word. */
const START: Before = -1;

/** What may follow, given what stands before. */
type Rest = (before: Before) => Language;

class IrregularPatternError extends Error {}

/** Most runs ask for no pattern's language, so that the parser is loaded when one does. */
const require = createRequire(import.meta.url);
const regexpp = () => require('@eslint-community/regexpp') as typeof import('@eslint-community/regexpp');
let parser: InstanceType<typeof import('@eslint-community/regexpp').RegExpParser> | undefined;

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

/** Surrogates and what they stand for in pairs. */
const BEYOND = codePointsOf([
  [0xd800, 0xdfff],
  [0x10000, 0x10ffff],
]);

/**
 * The language of a JSON Schema `pattern`: unanchored, with the flag `u` (JSON Schema validation, section
 * 6.3.3). `ignoreCase` folds ASCII letters only, which suffices for the formats that use it.
 */
export function languageOfPattern(languages: Languages, source: string, ignoreCase = false): PatternLanguage {
  const unicode = parsed(source, true);
  const pattern = typeof unicode === 'string' ? parsed(source, false) : unicode;
  if (typeof pattern === 'string') return { kind: 'invalid', message: pattern };
  try {
    const { language, seesUnits } = searched(languages, pattern, ignoreCase);
    return { kind: pattern === unicode || !seesUnits ? 'language' : 'legacy', language };
  } catch (error) {
    if (error instanceof IrregularPatternError) return { kind: 'irregular', construct: error.message };
    throw error;
  }
}

function parsed(source: string, unicode: boolean): AST.Pattern | string {
  parser ??= new (regexpp().RegExpParser)({ ecmaVersion: 2025 });
  try {
    return parser.parsePattern(source, 0, source.length, { unicode });
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** `seesUnits`: whether the pattern could tell a code point beyond the basic plane from its two halves. */
function searched(
  languages: Languages,
  pattern: AST.Pattern,
  ignoreCase: boolean,
): { language: Language; seesUnits: boolean } {
  const { all, none, empty, and, or, not, concat, repeat, point, loop } = languages;
  let insideLoop = false;
  let seesUnits = false;
  const plain = new Map<AST.Node, Language | undefined>();
  const classes = classesBefore(pattern, ignoreCase);
  const endsIn = classes.map((points) => concat(all, point(points)));
  const startsWithWord = concat(point(word), all);

  const first = disjunction(pattern.alternatives, () => all, START);
  const later = classes.map((_, before) => disjunction(pattern.alternatives, () => all, before));
  const language = later.every((after) => after === first)
    ? concat(all, first)
    : or([first, ...later.map((after, before) => concat(endsIn[before]!, after))]);
  return { language, seesUnits };

  /** Whether the code points before a place are in a set that the classes do not split. */
  function isAfter(points: CodePoints, before: Before): boolean {
    return before !== START && hasCodePoint(points, classes[before]![0]!);
  }

  function disjunction(alternatives: readonly AST.Alternative[], rest: Rest, before: Before): Language {
    return or(alternatives.map((alternative) => sequence(alternative.elements, rest)(before)));
  }

  function sequence(elements: readonly AST.Element[], rest: Rest): Rest {
    return elements.reduceRight<Rest>(
      (after, element) => remembered((before) => followed(element, after, before)),
      rest,
    );
  }

  /** The language of `node` and then `rest`. */
  function followed(node: AST.Element, rest: Rest, before: Before): Language {
    const own = plainLanguage(node);
    if (own !== undefined) return consumed(own, rest, before);
    switch (node.type) {
      case 'Assertion':
        return asserted(node, rest, before);
      case 'Group':
      case 'CapturingGroup':
        return disjunction(node.alternatives, rest, before);
      case 'Quantifier':
        return repeated(node, rest)(before);
      default:
        throw new IrregularPatternError(node.raw);
    }
  }

  function consumed(own: Language, rest: Rest, before: Before): Language {
    const [next = none, ...others] = classes.map((_, after) => rest(after));
    const isSame = others.every((other) => other === next);
    if (isSame && (!own.nullable || rest(before) === next)) return concat(own, next);
    const some = and([own, not(empty)]);
    return or([
      own.nullable ? rest(before) : none,
      ...(isSame
        ? [concat(some, next)]
        : [next, ...others].map((follows, after) => concat(and([some, endsIn[after]!]), follows))),
    ]);
  }

  function asserted(node: AST.Assertion, rest: Rest, before: Before): Language {
    switch (node.kind) {
      case 'start':
        return before === START ? rest(before) : none;
      case 'end':
        return rest(before).nullable ? empty : none;
      case 'word': {
        seesUnits = true;
        const isBoundaryAhead = isAfter(word, before) === node.negate;
        return and([isBoundaryAhead ? startsWithWord : not(startsWithWord), rest(before)]);
      }
      case 'lookahead': {
        seesUnits ||= node.negate;
        const ahead = disjunction(node.alternatives, () => all, before);
        return and([node.negate ? not(ahead) : ahead, rest(before)]);
      }
      case 'lookbehind': {
        const points = pointsBehind(node, ignoreCase);
        seesUnits ||= intersectionOf(points, BEYOND).length > 0;
        return isAfter(points, before) === node.negate ? none : rest(before);
      }
    }
  }

  /** A quantified element with assertions: written out, and looped where there is no end to it. */
  function repeated(node: AST.Quantifier, rest: Rest): Rest {
    const written = node.max === Infinity ? node.min : node.max;
    if (written > UNROLLED) throw new IrregularPatternError(node.raw);
    let after = node.max === Infinity ? looped(node, rest) : rest;
    for (let count = written; count > 0; count--) {
      const [again, optional] = [after, count > node.min];
      after = remembered((before) => {
        const taken = followed(node.element, again, before);
        return optional ? or([taken, rest(before)]) : taken;
      });
    }
    return after;
  }

  /** Any number of the element and then `rest`. Each round must take a code point, lest it unfold forever. */
  function looped(node: AST.Quantifier, rest: Rest): Rest {
    if (isEmptyable(node.element) || insideLoop) throw new IrregularPatternError(node.raw);
    const again: Rest = (before) => {
      const done = rest(before);
      const key = `${pattern.raw} ${ignoreCase} ${node.start} ${before} ${done.id} ${classes.map((_, after) => rest(after).id)}`;
      return loop(key, done.nullable, () => or([done, followed(node.element, again, before)]));
    };
    insideLoop = true;
    followed(node.element, () => all, START);
    insideLoop = false;
    return again;
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
        seesUnits ||= intersectionOf(pointsOf(node, ignoreCase), BEYOND).length > 0;
        return point(pointsOf(node, ignoreCase));
      case 'Group':
        if (node.modifiers !== null) throw new IrregularPatternError(node.raw);
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
        throw new IrregularPatternError(node.raw);
      case 'Assertion':
        return undefined;
    }
  }
}

/**
 * The code points split into classes that no assertion tells apart when it looks back: one class, but for `\b`
 * and lookbehinds.
 */
function classesBefore(pattern: AST.Pattern, ignoreCase: boolean): readonly CodePoints[] {
  const sets: CodePoints[] = [];
  regexpp().visitRegExpAST(pattern, {
    onAssertionEnter(node) {
      if (node.kind === 'word') sets.push(word);
      if (node.kind === 'lookbehind') sets.push(pointsBehind(node, ignoreCase));
    },
  });
  return sets.reduce<readonly CodePoints[]>(
    (classes, set) =>
      classes
        .flatMap((points) => [intersectionOf(points, set), intersectionOf(points, complementOf(set))])
        .filter((points) => points.length > 0),
    [ALL_CODE_POINTS],
  );
}

/** The code points that a lookbehind looks for; it may look back by one only. */
function pointsBehind(node: AST.LookbehindAssertion, ignoreCase: boolean): CodePoints {
  const sets = node.alternatives.map(({ elements: [element, ...others] }) => {
    const isOne =
      element?.type === 'Character' || element?.type === 'CharacterSet' || element?.type === 'CharacterClass';
    if (!isOne || others.length > 0) throw new IrregularPatternError(node.raw);
    return pointsOf(element, ignoreCase);
  });
  return unionOf(...sets);
}

/** The same, computed once for each of the places: it is asked again for every way to get there. */
function remembered(rest: Rest): Rest {
  const known = new Map<Before, Language>();
  return (before) => {
    const language = known.get(before) ?? rest(before);
    known.set(before, language);
    return language;
  };
}

/** Whether an element may match without taking a code point. */
function isEmptyable(node: AST.Element): boolean {
  switch (node.type) {
    case 'Assertion':
      return true;
    case 'Group':
    case 'CapturingGroup':
      return node.alternatives.some(({ elements }) => elements.every(isEmptyable));
    case 'Quantifier':
      return node.min === 0 || isEmptyable(node.element);
    default:
      return false;
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
      throw new IrregularPatternError(node.raw);
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
