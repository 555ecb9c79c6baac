import { type JsonValue, joinPointer, splitPointer, valueAt } from '@chirograph/schema';
import fc from 'fast-check';
import { dump } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { locate, parse } from './index.ts';

const yaml = (text: string) => ({ file: 'contract.yaml', text });
const shown = (text: string, pointer: string, part?: 'key' | 'value') => {
  const { start, end } = locate(yaml(text), pointer, part);
  return text.slice(start, end);
};

describe('parse', () => {
  it('reads YAML with merge keys and leaves dates as text', () => {
    const parsed = parse(yaml('base: &b { a: 1 }\nnext: { <<: *b, at: 2026-01-04 }'));
    expect(parsed).toMatchObject({ value: { next: { a: 1, at: '2026-01-04' } } });
  });

  it.each([
    ['contract.yaml', 'a: 1\n b: 2\n', 7],
    ['contract.yaml', 'a: 1\na: 2\n', 5],
    ['contract.json', '{"a": 1,}', 7],
    ['contract.yaml', 'a: 1\n---\nb: 2\n', 5],
  ])('says where %s is malformed', (file, text, offset) => {
    expect(parse({ file, text })).toMatchObject({ kind: 'malformed', offset });
  });

  it.each([
    ['a:\n  b: [\n    x,\n    y\n  ]\nz: 9', { a: { b: ['x', 'y'] }, z: 9 }],
    ['a: [ # one\n  x, # "two\n  # three\n]\nz: 9', { a: ['x'], z: 9 }],
    ['a: [ #\n  x,\n# y\n]\nz: 9', { a: ['x'], z: 9 }],
    [
      "a:\n  b: {\n  c: '#d',\n\te: [\n  'it''s #'\n  ]\n  }\nz: 9",
      { a: { b: { c: '#d', e: ["it's #"] } }, z: 9 },
    ],
    ['a:\n  b: "x\ny"\nz: 9', { a: { b: 'x y' }, z: 9 }],
  ])('takes brackets that are closed further left than YAML wants: %j', (text, value) => {
    expect(parse(yaml(text))).toMatchObject({ kind: 'value', value });
    expect(shown(text, '/z')).toBe('9');
  });

  it('says what is wrong behind such brackets', () => {
    expect(parse(yaml('a: [\n]\nb: [\n'))).toMatchObject({ kind: 'malformed', offset: 12 });
  });

  it.each([
    ['{"a": 1, /* one */ "b": 2}', 'JSON has no comments', 9],
    ['// one\n{"a": 1}', 'JSON has no comments', 0],
    ['{"a": [1, ]}', 'JSON has no comma before `]`', 8],
    ['{"a: "b", "c": "d://e"}', 'a quote, `:` or `,` is missing before this', 6],
    ['{"a": "b "c": "d://e"}', 'a quote, `:` or `,` is missing before this', 10],
    ['{"a" 1, "b": [1,]}', 'a quote, `:` or `,` is missing before this', 5],
    ['{"a": "b,\n "c": "d://e"}', 'a quote is missing before the line ends', 6],
    ["{'a': 1}", "not JSON: Expected property name or '}'", 1],
  ])('says what JSON has not: %s', (text, reason, offset) => {
    expect(parse({ file: 'contract.json', text })).toEqual({ kind: 'malformed', reason, offset });
  });

  it.each([
    ['a: b: c', 'a `: ` within a string makes it a key'],
    ['- a: x\n  b: Note: that', 'a `: ` within a string makes it a key'],
    ['a: text\n  b: 1', 'this key is indented deeper than the one above, which has its value already'],
    ['a:\n  b:\n    c: 1\n   d: 2', 'this line is indented like none that it could belong to'],
    ['a:\n  b: { c: 1\n  d: 2', 'a comma or `}` is missing before this: the `{` in line 2 is still open'],
    ["a: { b: [x, 'y] }\nc: [1]\nd: { e: 'z' }", 'the quote in line 1 is not closed'],
    [
      'a: [1, # {\n 2]\nb: {c: "}", d e: {}\nf: 1',
      'a comma or `}` is missing before this: the `{` in line 3 is still open',
    ],
    ['a: {,}', 'nothing stands before `,`'],
    ['a: `x`', 'a string cannot begin with ```'],
    ["a: 'it's'", 'text follows the quote that ends a string'],
    ['a: - b', 'a list cannot begin in the line of its key'],
    ['a: *b', '`*b` refers to an anchor `&b` that is not above it'],
    ['a: [1, 2', 'a comma or `]` is missing before this: the `[` in line 1 is still open'],
  ])('says what was done wrong, and not what the parser stumbled over: %j', (text, reason) => {
    expect(parse(yaml(text))).toMatchObject({ kind: 'malformed', reason });
  });

  it.each([
    ['a: 1\nb:\n  k: {{tpl}}', 13, '`{{` begins a template, not a value of YAML'],
    ['{% if x %}\na: 1', 0, '`{%` begins a template, not a value of YAML'],
    ['a: 1\n? [a, b]\n: 2', 7, 'a list or a mapping is used as a key'],
    ['a: 1\nb: { [x]: 1 }', 10, 'a list or a mapping is used as a key'],
    [
      'a: 1\n<<<<<<< HEAD\nb: 1\n=======\nb: 2\n>>>>>>> main\n',
      5,
      'it has a merge conflict that is not resolved',
    ],
  ])('points at what is no YAML: %j', (text, offset, reason) => {
    expect(parse(yaml(text))).toEqual({ kind: 'malformed', offset, reason });
  });

  it.each(['utf16le', 'latin1'] as const)('knows UTF-16 from what is no text: %s', (encoding) => {
    const bytes =
      encoding === 'latin1' ? Buffer.from([1, 0, 0, 0, 7, 0, 0, 3]) : Buffer.from('\ufeffa: 1', encoding);
    const reason =
      encoding === 'latin1' ? 'it is a binary file' : 'it is written in UTF-16; save it as UTF-8';
    expect(parse(yaml(bytes.toString('utf8')))).toMatchObject({ kind: 'malformed', reason });
  });

  it('refuses an alias bomb instead of unfolding it', () => {
    const bomb = ['l0: &l0 [x]'];
    for (let i = 1; i < 30; i += 1)
      bomb.push(
        `l${i}: &l${i} [${Array(400)
          .fill(`*l${i - 1}`)
          .join(',')}]`,
      );
    expect(parse(yaml(bomb.join('\n')))).toMatchObject({ kind: 'malformed' });
  });
});

describe('keys that are no text', () => {
  const keysIn = (text: string) => {
    const parsed = parse(yaml(text));
    return parsed.kind === 'value' ? parsed.keysThatAreNoText : [];
  };

  it.each([
    ['200: a', ['200']],
    ['a: { true: 1, "200": 2, b: ~ }', ['true']],
    ['- ~: x\n- 1.5e3: y', ['~', '1.5e3']],
    ["'1': a\nb1: 2\nc: [1, 2]\nd: 12:30", []],
  ])('%j', (text, keys) => {
    expect(keysIn(text).map((it) => it.text)).toEqual(keys);
  });

  it('are found where they stand', () => {
    expect(keysIn('a:\n  200: x')).toEqual([{ text: '200', offset: 5 }]);
  });
});

describe('locate', () => {
  const text = 'a: 1\nb:\n  - "x: y"\n  - {c: null, \'q/r\': 2}\ne:\nf: &f { z: 1 }\ng: *f\n';

  it.each([
    ['/a', '1'],
    ['/b/0', '"x: y"'],
    ['/b/1', "{c: null, 'q/r': 2}"],
    ['/b/1/q~1r', '2'],
    ['/g', '*f'],
    ['/e', ''],
  ])('finds the value at %s', (pointer, value) => {
    expect(shown(text, pointer)).toBe(value);
  });

  it('finds keys, and the nearest ancestor of what is missing', () => {
    expect(shown(text, '/b/1/q~1r', 'key')).toBe("'q/r'");
    expect(shown(text, '/b/1/missing/deep')).toBe("{c: null, 'q/r': 2}");
  });

  it('counts lines and columns from one', () => {
    expect(locate(yaml(text), '/b/1/c')).toMatchObject({ line: 4, column: 9 });
  });

  it('finds every leaf of any document at the text that denotes it', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
        const document = value as JsonValue;
        for (const flow of [-1, 0]) {
          const source = yaml(dump(document, { flowLevel: flow }));
          for (const path of leaves(document)) {
            const { start, end } = locate(source, joinPointer(path));
            const leaf = parse(yaml(source.text.slice(start, end)));
            if (typeof valueAt(document, joinPointer(path)) !== 'string') {
              expect(leaf).toMatchObject({ kind: 'value' });
              expect(leaf.kind === 'value' && leaf.value).toEqual(valueAt(document, joinPointer(path)));
            }
          }
        }
      }),
    );
  });
});

describe('pointers', () => {
  it('join and split are inverse', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), (path) => {
        expect(splitPointer(joinPointer(path))).toEqual(path);
      }),
    );
  });
});

function leaves(value: JsonValue, path: string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return [path];
  return Object.entries(value).flatMap(([key, child]) => leaves(child as JsonValue, [...path, key]));
}
