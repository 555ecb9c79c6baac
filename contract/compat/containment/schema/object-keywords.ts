import { isArray, isObject, type JsonObject, type JsonValue, member } from '../json/json-value.ts';
import type { Language } from '../language/language.ts';
import type { Formula, Side } from '../logic/formula.ts';
import type { Logic } from '../logic/logic.ts';
import type { Shape } from '../logic/shape.ts';
import { countOf, type Keyword, type Translation } from './keyword.ts';

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

/** The names that `properties` and `patternProperties` beside it speak about; undefined if not regular. */
export function namedBeside(
  { logic, strings }: Pick<Translation, 'logic' | 'strings'>,
  schema: JsonObject,
): Language | undefined {
  const properties = member(schema, 'properties');
  const patterns = member(schema, 'patternProperties');
  const languages = isObject(patterns) ? Object.keys(patterns).map(strings.patternLanguage) : [];
  const known = languages.filter((language) => language !== undefined);
  if (known.length < languages.length) return undefined;
  return logic.languages.or([
    logic.languages.words(isObject(properties) ? Object.keys(properties) : []),
    ...known,
  ]);
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

/** Keywords for objects (core, section 10.3.2; validation, section 6.5), in the form of every edition. */
export const objectKeywords: Record<string, Keyword> = {
  properties: (value, { child, logic }) => {
    if (!isObject(value)) return undefined;
    const members = Object.entries(value).map(([name, part]) =>
      everyMember(logic, logic.languages.words([name]), child(part, 'properties', name)),
    );
    return logic.when('object', logic.and(members));
  },
  patternProperties: (value, { child, logic, opaque, place, strings }) => {
    if (!isObject(value)) return undefined;
    const shapes = Object.entries(value).map(([pattern, part]) => {
      const names = strings.patternLanguage(pattern);
      if (names === undefined)
        return opaque(`${place.base}#${place.pointer} patternProperties ${pattern}`, strings.whyNot(pattern));
      return logic.when('object', everyMember(logic, names, child(part, 'patternProperties', pattern)));
    });
    return logic.both(shapes);
  },
  additionalProperties: (value, translation) => {
    const { child, logic, opaque, place, schema } = translation;
    const shape = child(value, 'additionalProperties');
    if (shape === logic.anything) return shape;
    const named = namedBeside(translation, schema);
    if (named === undefined) {
      return opaque(
        `additionalProperties ${place.base}#${place.pointer}`,
        'a pattern beside additionalProperties is not regular',
      );
    }
    return logic.when('object', everyMember(logic, logic.languages.not(named), shape));
  },
  propertyNames: (value, { child, logic, opaque, place, strings }) => {
    const names = strings.languageOf(child(value, 'propertyNames').string);
    if (names === undefined) {
      return opaque(
        `propertyNames ${place.base}#${place.pointer}`,
        'propertyNames is not a regular language',
      );
    }
    return logic.when('object', everyMember(logic, logic.languages.not(names), logic.nothing));
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
};
