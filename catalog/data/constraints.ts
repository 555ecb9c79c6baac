import { isObject, type SchemaObject } from '@chirograph/schema';

/** What a schema asks of a value beside its type, in a few words each. Values of `enum` and `const` are told elsewhere. */
export function constraintsOf(schema: SchemaObject): string[] {
  const number = (keyword: string) => {
    const value = schema[keyword];
    return typeof value === 'number' ? value : undefined;
  };
  const text = (keyword: string) => {
    const value = schema[keyword];
    return typeof value === 'string' ? value : undefined;
  };
  const told: (string | undefined)[] = [
    text('format'),
    exclusive(schema, 'exclusiveMinimum', 'minimum') ?? said(number('minimum'), (it) => `at least ${it}`),
    exclusive(schema, 'exclusiveMaximum', 'maximum') ?? said(number('maximum'), (it) => `at most ${it}`),
    said(number('multipleOf'), (it) => `multiple of ${it}`),
    range(number('minLength'), number('maxLength'), 'character'),
    said(text('pattern'), (it) => `matches ${it}`),
    range(number('minItems'), number('maxItems'), 'item'),
    schema.uniqueItems === true ? 'no two alike' : undefined,
    range(number('minProperties'), number('maxProperties'), 'entry'),
    schema.additionalProperties === false || schema.unevaluatedProperties === false
      ? 'no other properties'
      : undefined,
    isObject(schema.not) ? 'with exceptions (see the JSON Schema)' : undefined,
    isObject(schema.if) ? 'with conditions (see the JSON Schema)' : undefined,
    text('contentEncoding'),
    text('contentMediaType'),
  ];
  return told.filter((it) => it !== undefined);
}

/** Drafts from 06 on have a bound of its own; draft-04 marks the other bound. */
function exclusive(schema: SchemaObject, keyword: string, bound: string): string | undefined {
  const word = bound === 'minimum' ? 'more than' : 'less than';
  if (typeof schema[keyword] === 'number') return `${word} ${schema[keyword]}`;
  return schema[keyword] === true && typeof schema[bound] === 'number'
    ? `${word} ${schema[bound]}`
    : undefined;
}

function said<T>(value: T | undefined, words: (value: T) => string): string | undefined {
  return value === undefined ? undefined : words(value);
}

function range(least: number | undefined, most: number | undefined, noun: string): string | undefined {
  const counted = (n: number) => `${n} ${n === 1 ? noun : noun === 'entry' ? 'entries' : `${noun}s`}`;
  if (least !== undefined && least > 0 && least === most) return `exactly ${counted(least)}`;
  if (least !== undefined && least > 0 && most !== undefined) return `${least} to ${counted(most)}`;
  if (most !== undefined) return `at most ${counted(most)}`;
  return least !== undefined && least > 0 ? `at least ${counted(least)}` : undefined;
}
