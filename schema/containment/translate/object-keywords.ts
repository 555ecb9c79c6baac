import { isArray, isObject, type JsonObject, type JsonValue, member } from '../../json/json-value.ts';
import type { Language } from '../../patterns/language.ts';
import type { Formula, Shape, Side } from '../logic/formula.ts';
import type { Logic } from '../logic/logic.ts';
import { countOf, type Keyword, type Translation } from './keyword.ts';
import type { LanguageBounds } from './strings.ts';

/** All members whose name is in the language have the shape. */
function everyMember(logic: Logic, names: Language, shape: Shape): Formula {
  return logic.atom({ kind: 'members', side: 'atMost', count: 0, names, shape: logic.complement(shape) });
}

function present(logic: Logic, name: string): Formula {
  const names = logic.languages.words([name]);
  return logic.atom({ kind: 'members', side: 'atLeast', count: 1, names, shape: logic.anything });
}

function size(side: Side): Keyword {
  return (value, { logic }) => {
    const count = countOf(value);
    if (count === undefined) return undefined;
    const every = { names: logic.languages.all, shape: logic.anything };
    return logic.when('object', logic.atom({ kind: 'members', side, count, ...every }));
  };
}

function required(logic: Logic, value: JsonValue): Formula | undefined {
  if (!isArray(value)) return undefined;
  const names = value.filter((name) => typeof name === 'string');
  return names.length === value.length ? logic.and(names.map((name) => present(logic, name))) : undefined;
}

/** The names that `properties` and `patternProperties` of a schema speak about. */
export function namesSpokenOf(
  { logic, strings }: Pick<Translation, 'logic' | 'strings'>,
  schema: JsonObject,
): LanguageBounds {
  const { or, words } = logic.languages;
  const properties = member(schema, 'properties');
  const patterns = member(schema, 'patternProperties');
  const listed = words(isObject(properties) ? Object.keys(properties) : []);
  const bounds = (isObject(patterns) ? Object.keys(patterns) : []).map((pattern) =>
    strings.boundsOf(strings.pattern(pattern)),
  );
  return {
    inner: or([listed, ...bounds.map(({ inner }) => inner)]),
    outer: or([listed, ...bounds.map(({ outer }) => outer)]),
  };
}

/** All members whose name is in a language of which bounds are known; `key` tells such languages apart. */
function everyNamed(
  { bounded, logic }: Translation,
  names: LanguageBounds,
  shape: Shape,
  key: string,
  reason: string,
): Shape {
  if (names.inner === names.outer) return logic.when('object', everyMember(logic, names.inner, shape));
  return bounded(`${key} ${shape.id}`, reason, {
    ifSo: everyMember(logic, names.inner, shape),
    ifNot: logic.not(everyMember(logic, names.outer, shape)),
  });
}

function othersThan({ logic }: Translation, { inner, outer }: LanguageBounds): LanguageBounds {
  return { inner: logic.languages.not(outer), outer: logic.languages.not(inner) };
}

/** One conditional demand for each name: "if the member is there, then ...". */
function dependent(
  value: JsonValue,
  { logic }: Translation,
  demand: (value: JsonValue, name: string) => Formula | undefined,
): Shape | undefined {
  if (!isObject(value)) return undefined;
  const demands: Formula[] = [];
  for (const [name, part] of Object.entries(value)) {
    const then = demand(part, name);
    if (then === undefined) return undefined;
    demands.push(logic.or([logic.not(present(logic, name)), then]));
  }
  return logic.when('object', logic.and(demands));
}

function namesIn(value: JsonValue | undefined): string {
  return JSON.stringify(isObject(value) ? Object.keys(value).sort() : []);
}

/** Keywords for objects (core, section 10.3.2; validation, section 6.5), in the form of every edition. */
export const objectKeywords = {
  properties: (value, { child, logic }) => {
    if (!isObject(value)) return undefined;
    const members = Object.entries(value).map(([name, part]) =>
      everyMember(logic, logic.languages.words([name]), child(part, 'properties', name)),
    );
    return logic.when('object', logic.and(members));
  },
  patternProperties: (value, translation) => {
    const { child, logic, strings } = translation;
    if (!isObject(value)) return undefined;
    const shapes = Object.entries(value).map(([pattern, part]) => {
      const names = strings.boundsOf(strings.pattern(pattern));
      const shape = child(part, 'patternProperties', pattern);
      return everyNamed(translation, names, shape, `names ${pattern}`, strings.whyNot(pattern));
    });
    return logic.both(shapes);
  },
  additionalProperties: (value, translation) => {
    const { child, schema } = translation;
    const names = othersThan(translation, namesSpokenOf(translation, schema));
    const [properties, patterns] = [member(schema, 'properties'), member(schema, 'patternProperties')];
    const key = `names beside ${namesIn(properties)} ${namesIn(patterns)}`;
    const reason = 'a pattern beside additionalProperties is not regular';
    return everyNamed(translation, names, child(value, 'additionalProperties'), key, reason);
  },
  propertyNames: (value, translation) => {
    const { child, logic, strings } = translation;
    const formula = child(value, 'propertyNames').string;
    const names = othersThan(translation, strings.boundsOf(formula));
    const reason = 'propertyNames is not a regular language';
    return everyNamed(translation, names, logic.nothing, `names outside ${formula.id}`, reason);
  },
  minProperties: size('atLeast'),
  maxProperties: size('atMost'),
  required: (value, { logic }) => {
    const formula = required(logic, value);
    return formula && logic.when('object', formula);
  },
  dependencies: (value, translation) =>
    dependent(value, translation, (part, name) =>
      isArray(part)
        ? required(translation.logic, part)
        : translation.inPlace(part, 'dependencies', name).object,
    ),
  dependentRequired: (value, translation) =>
    translation.document.dialect === 'draft-07'
      ? translation.logic.anything
      : dependent(value, translation, (part) => required(translation.logic, part)),
  dependentSchemas: (value, translation) =>
    translation.document.dialect === 'draft-07'
      ? translation.logic.anything
      : dependent(
          value,
          translation,
          (part, name) => translation.inPlace(part, 'dependentSchemas', name).object,
        ),
} satisfies Record<string, Keyword>;
