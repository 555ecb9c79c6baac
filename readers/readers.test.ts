import { afterAll, describe, expect, it } from 'vitest';
import { DRAFTS, type Group, proofOf, suiteOf } from './corpus.ts';
import { DISAGREEMENTS, type Row, SILENCES } from './disagreements.ts';
import { PAIRS } from './pairs.ts';
import { type Answer, type Reader, readersOf } from './readers.ts';

/**
 * Every part of the tool that reads schemas gives the same answer, and the right one where somebody has said what is
 * right: JSON Schema's own test suite, the corpus by which generated code is proved, and pairs that once told readers
 * apart. What is not so is a row with its reason; a row that nothing needs any more has to go.
 */
const used = new Set<unknown>();
const SEVERAL = 0.95;

describe.each(DRAFTS)('the readers of %s', { timeout: 300_000 }, (draft) => {
  it('agree', async () => {
    const groups = [...PAIRS.filter((it) => it.draft === draft), ...proofOf(draft), ...suiteOf(draft)];
    const readers = await readersOf(groups);
    const faults: string[] = [];
    const tally = { asked: 0, answered: 0 };
    for (const [i, group] of groups.entries()) {
      for (const { description, value, valid } of group.values) {
        const answers = Object.entries(readers[i] ?? {}).map(
          ([name, read]) => [name, asked(read, value)] as const,
        );
        tally.asked += answers.length;
        for (const [name, answer] of answers) {
          if (typeof answer === 'boolean') tally.answered += 1;
          else if (!isKnownSilence(answer.none))
            faults.push(`${name} is silent on ${group.name}: ${answer.none}`);
        }
        for (const [name, answer] of wrong(answers, isSaid(group) ? valid : undefined)) {
          if (rowOf(group, name) === undefined)
            faults.push(`${name} says ${answer}: ${group.name} | ${group.description} | ${description}`);
        }
      }
    }
    expect(faults).toEqual([]);
    expect(tally.answered / tally.asked).toBeGreaterThan(SEVERAL);
  });
});

afterAll(() => {
  const idle = [...DISAGREEMENTS, ...SILENCES].filter((it) => !used.has(it));
  expect(idle, 'rows that nothing needs').toEqual([]);
});

/** Formats are read as ajv-formats has them, which the suite's optional tests do not always follow. */
function isSaid({ name }: Group): boolean {
  return !name.startsWith('suite/optional/format/');
}

function asked(read: Reader, value: Group['values'][number]['value']): Answer {
  try {
    return read(value);
  } catch (error) {
    return { none: String(error) };
  }
}

/** The answers that are not right; where nobody has said what is, all of them if they differ. */
function wrong(answers: readonly (readonly [string, Answer])[], valid: boolean | undefined) {
  const given = answers.filter((it): it is readonly [string, boolean] => typeof it[1] === 'boolean');
  if (valid !== undefined) return given.filter(([, answer]) => answer !== valid);
  return new Set(given.map(([, answer]) => answer)).size > 1 ? given : [];
}

function rowOf({ name, description, draft }: Group, reader: string): Row | undefined {
  const row = DISAGREEMENTS.find(
    ({ where, drafts, readers }) =>
      `${name} | ${description}`.startsWith(where) &&
      (drafts === undefined || drafts.includes(draft)) &&
      readers.includes(reader),
  );
  used.add(row);
  return row;
}

function isKnownSilence(reason: string): boolean {
  const row = SILENCES.find((it) => it.reason.test(reason));
  used.add(row);
  return row !== undefined;
}
