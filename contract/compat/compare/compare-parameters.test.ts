import { expect, it } from 'vitest';
import { load, memoryReader } from '../../load/index.ts';
import { compare } from '../compare.ts';

const workspaceOf = (parameter: string, name = 'region') =>
  load(
    memoryReader({
      'a.asyncapi.yaml': `asyncapi: 3.0.0
info: { title: A, version: 1.0.0 }
channels:
  c:
    address: orders.{${name}}.placed
    parameters: { ${name}: ${parameter} }
    messages: { M: { summary: x } }
`,
    }),
  ).workspace;

it.each([
  ['{ enum: [eu] }', '{ enum: [eu] }', []],
  ['{ enum: [eu, us] }', '{ enum: [us, eu] }', []],
  ['{ enum: [eu] }', '{}', ['channel/parameter-value-added: region -> any value']],
  ['{}', '{ enum: [eu] }', ['channel/parameter-value-removed: any value -> region']],
  [
    '{ enum: [eu, us] }',
    '{ enum: [uk, us, ch] }',
    [
      'channel/parameter-value-added: region -> `uk`, `ch`',
      'channel/parameter-value-removed: `eu` -> region',
    ],
  ],
])('a parameter that was %s and is %s', (was, is, told) => {
  const changes = compare(workspaceOf(was), workspaceOf(is));
  expect(changes.map(({ code, from, to }) => `${code}: ${from} -> ${to}`)).toEqual(told);
});

it('a parameter that has another name, and other values', () => {
  const changes = compare(workspaceOf('{ enum: [eu] }'), workspaceOf('{ enum: [eu, us] }', 'area'));
  expect(changes.map((it) => it.code)).toEqual([
    'channel/parameter-renamed',
    'channel/parameter-value-added',
  ]);
});
