import { expect, it } from 'vitest';
import type { Diagnostic } from './diagnostic.ts';
import { onePerCause } from './index.ts';

const finding = (pointer: string, more: Partial<Diagnostic> = {}): Diagnostic => ({
  code: 'schema/unknown-keyword',
  severity: 'warning',
  message: '`example` is not a keyword of a schema',
  at: { file: 'a.yaml', pointer },
  related: [],
  ...more,
});
const shown = (diagnostics: readonly Diagnostic[]) =>
  onePerCause(diagnostics).map(({ at, others = [] }) => [at.pointer, ...others.map((it) => it.pointer)]);

it('puts together what is said of several places of a document in the same words', () => {
  expect(shown([finding('/a'), finding('/b'), finding('/c')])).toEqual([['/a', '/b', '/c']]);
});

it.each([
  ['document', { at: { file: 'b.yaml', pointer: '/b' } }],
  ['severity', { severity: 'error' }],
  ['message', { message: '`nullable` is not a keyword of a schema' }],
] satisfies [string, Partial<Diagnostic>][])('leaves apart what differs in its %s', (_, more) => {
  expect(shown([finding('/a'), finding('/b', more)])).toEqual([['/a'], ['/b']]);
});

it('goes by the cause where one is given, whatever the document and the message', () => {
  const of = (pointer: string, file: string) =>
    finding(pointer, { cause: 'host', message: pointer, at: { file, pointer } });
  expect(shown([of('/a', 'a.yaml'), of('/b', 'b.yaml'), finding('/c')])).toEqual([['/a', '/b'], ['/c']]);
});
