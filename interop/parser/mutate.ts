/** Documents with one fault planted, or perhaps none: every place of a document is damaged in every way that fits it. */

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

export interface Mutant {
  /** What was done and where. */
  readonly name: string;
  readonly value: Json;
}

/** All mutants of a document. */
export function mutantsOf(document: Json): Mutant[] {
  return placesOf(document).flatMap((path) =>
    WAYS.flatMap(({ name, apply }) => {
      const copy = structuredClone(document);
      const owner = valueAt(copy, path.slice(0, -1));
      const key = path.at(-1);
      if (key === undefined || typeof owner !== 'object' || owner === null) return [];
      return apply(owner as Record<string, Json>, String(key))
        ? [{ name: `${name} ${path.join('/')}`, value: copy }]
        : [];
    }),
  );
}

const WAYS: readonly {
  readonly name: string;
  readonly apply: (owner: Record<string, Json>, key: string) => boolean;
}[] = [
  {
    name: 'delete',
    apply: (owner, key) => {
      if (Array.isArray(owner)) owner.splice(Number(key), 1);
      else delete owner[key];
      return true;
    },
  },
  {
    name: 'misspell',
    apply: (owner, key) => {
      if (Array.isArray(owner) || key.length < 3) return false;
      owner[`${key.slice(0, -2)}${key.at(-1)}${key.at(-2)}`] = owner[key]!;
      delete owner[key];
      return true;
    },
  },
  ...(
    [
      ['number', 7],
      ['negative', -1],
      ['text', 'some text'],
      ['empty text', ''],
      ['true', true],
      ['null', null],
      ['list', []],
      ['list of text', ['a', 'a']],
      ['object', {}],
      ['object of text', { a: 'b' }],
    ] as const
  ).map(([name, value]) => ({
    name: `replace by ${name}:`,
    apply: (owner: Record<string, Json>, key: string) => {
      owner[key] = structuredClone(value) as Json;
      return true;
    },
  })),
  {
    name: 'dangle',
    apply: (owner, key) => {
      if (key !== '$ref') return false;
      owner[key] = `${String(owner[key])}X`;
      return true;
    },
  },
  {
    name: 'refer elsewhere',
    apply: (owner, key) => {
      if (key !== '$ref') return false;
      owner[key] = '#/info';
      return true;
    },
  },
  {
    name: 'extra key',
    apply: (owner, key) => {
      const value = owner[key];
      if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
      value.unheardOf = 1;
      return true;
    },
  },
  {
    name: 'extension',
    apply: (owner, key) => {
      const value = owner[key];
      if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
      value['x-own'] = { a: 1 };
      return true;
    },
  },
  {
    name: 'twice',
    apply: (owner, key) => {
      const value = owner[key];
      if (!Array.isArray(value) || value.length === 0) return false;
      value.push(structuredClone(value[0]!));
      return true;
    },
  },
  {
    name: 'reference in place',
    apply: (owner, key) => {
      const value = owner[key];
      if (typeof value !== 'object' || value === null || Array.isArray(value) || '$ref' in value)
        return false;
      owner['x-moved'] = value;
      owner[key] = { $ref: '#/components/schemas/Line' };
      return true;
    },
  },
];

function placesOf(value: Json, path: (string | number)[] = []): (string | number)[][] {
  const own = path.length > 0 ? [path] : [];
  if (typeof value !== 'object' || value === null) return own;
  const keys = Array.isArray(value) ? [...value.keys()] : Object.keys(value);
  return [...own, ...keys.flatMap((key) => placesOf((value as Record<string, Json>)[key]!, [...path, key]))];
}

function valueAt(value: Json, path: readonly (string | number)[]): Json | undefined {
  let here: Json | undefined = value;
  for (const key of path) {
    here = typeof here === 'object' && here !== null ? (here as Record<string, Json>)[key] : undefined;
  }
  return here;
}
