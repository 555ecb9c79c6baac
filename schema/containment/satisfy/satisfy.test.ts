import { expect, test } from 'vitest';
import { createLanguages } from '../../patterns/language.ts';
import { createBudget } from '../budget.ts';
import type { Shape } from '../logic/formula.ts';
import { createLogic } from '../logic/logic.ts';
import { createSatisfy } from './satisfy.ts';

const logic = createLogic(createLanguages());

/** An object with a member `name` of the shape. */
function withMember(name: string, shape: Shape): Shape {
  const names = logic.languages.words([name]);
  return logic.only('object', logic.atom({ kind: 'members', side: 'atLeast', count: 1, names, shape }));
}

function nonEmptyArray(shape: Shape): Shape {
  return logic.only(
    'array',
    logic.atom({ kind: 'items', side: 'atLeast', count: 1, from: 0, to: Infinity, shape }),
  );
}

test('a shape that has values only if it already has some has none', () => {
  const endless: Shape = logic.shapeOf({
    kind: 'recursion',
    key: 'endless',
    shape: () => withMember('next', endless),
  });
  expect(createSatisfy(logic, createBudget(1000))(endless)).toEqual({ kind: 'none' });
});

test('what rested on the guess that a shape is empty is forgotten when it is not', () => {
  const tree: Shape = logic.shapeOf({
    kind: 'recursion',
    key: 'tree',
    shape: () => logic.either([nonEmptyArray(branch), logic.only('object', logic.any)]),
  });
  const branch = withMember('tree', tree);
  const satisfy = createSatisfy(logic, createBudget(1000));
  // On the way to this value the branch is taken to be empty, because the tree is.
  expect(satisfy(tree)).toEqual({ kind: 'found', value: {} });
  expect(satisfy(branch)).toEqual({ kind: 'found', value: { tree: {} } });
});

test('the same budget gives the same answer', () => {
  const long = logic.atom({ kind: 'length', side: 'atLeast', count: 50 });
  const shape = logic.only(
    'string',
    logic.and([
      long,
      logic.atom({ kind: 'language', language: logic.languages.not(logic.languages.words(['a'])) }),
    ]),
  );
  expect(createSatisfy(logic, createBudget(10))(shape).kind).toBe('unknown');
  expect(createSatisfy(logic, createBudget(10_000))(shape).kind).toBe('found');
});
