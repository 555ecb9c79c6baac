import type { Schema } from '@chirograph/contract/model';
import { expect, it } from 'vitest';
import { bundle } from './bundle.ts';

const schemas = (json: Readonly<Record<string, Schema['json']>>, dialect: Schema['dialect'] = 'draft-07') =>
  Object.fromEntries(
    Object.entries(json).map(([id, it]) => {
      const [file = '', pointer = ''] = id.split('#');
      return [id, { id, at: { file, pointer }, name: pointer.split('/').at(-1) ?? '', dialect, json: it }];
    }),
  );

it('takes along what the schema refers to, each once', () => {
  const all = schemas({
    'f#/root': { properties: { a: { $ref: 'f#/A' }, b: { $ref: 'f#/B' } } },
    'f#/A': { items: { $ref: 'f#/B' } },
    'f#/B': { type: 'string' },
    'f#/unused': true,
  });
  expect(bundle(all, 'f#/root', 'Root')).toEqual({
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Root',
    properties: { a: { $ref: '#/definitions/A' }, b: { $ref: '#/definitions/B' } },
    definitions: { A: { items: { $ref: '#/definitions/B' } }, B: { type: 'string' } },
  });
});

it('tells two schemas of one name apart', () => {
  const all = schemas({
    'f#/root': { oneOf: [{ $ref: 'f#/A' }, { $ref: 'g#/A' }] },
    'f#/A': { type: 'string' },
    'g#/A': { type: 'integer' },
  });
  expect(bundle(all, 'f#/root', 'Root')).toMatchObject({
    oneOf: [{ $ref: '#/definitions/A' }, { $ref: '#/definitions/A2' }],
    definitions: { A: { type: 'string' }, A2: { type: 'integer' } },
  });
});

it('ends for schemas that refer to themselves', () => {
  const all = schemas(
    {
      'f#/root': { properties: { next: { $ref: 'f#/root' }, loop: { $ref: 'f#/A' } } },
      'f#/A': { allOf: [{ $ref: 'f#/B' }] },
      'f#/B': { allOf: [{ $ref: 'f#/A' }] },
    },
    '2020-12',
  );
  expect(bundle(all, 'f#/root', 'Root')).toMatchObject({
    properties: { next: { $ref: '#' }, loop: { $ref: '#/$defs/A' } },
    // A schema that is all of itself asks for nothing.
    $defs: { A: {} },
  });
});
