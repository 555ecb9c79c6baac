import type { JsonValue } from '../json/json-value.ts';
import type { SchemaObject } from '../keywords/schema.ts';
import type { Check, Run } from './check.ts';
import type { Trail } from './instance-path.ts';
import type { Fault, Problem } from './validation-error.ts';

/**
 * Says why a value matches none of several alternatives. A person has one of them in mind; which, is told by the type of
 * the value and by the constants in its keys (`type: userPassword`), else by how little is wrong. Where every alternative
 * fails for the same reason, the reasons are one.
 */
export function explainAlternatives(
  checks: readonly Check[],
  value: JsonValue,
  trail: Trail,
  run: Run,
): void {
  if (!run.faults) return;
  // Alternatives of alternatives that share their parts would be explained once for each way to them.
  if (run.effort.spent.visits > TOO_MANY_VISITS) {
    run.faults.push({ trail, value, schema: GIVEN_UP, problem: { kind: 'forbidden' } });
    return;
  }
  const accounts = checks.map((check) => account(check, value, trail, run));
  const ofType = accounts.filter(
    (faults) => !faults.some((it) => it.trail === trail && it.problem.kind === 'type'),
  );
  const candidates = ofType.length > 0 ? ofType : accounts;
  const merged = merge(candidates, trail);
  run.faults.push(...(merged ?? closest(candidates, trail)));
}

/** The schema of a fault that stands for those that were not looked for. */
export const GIVEN_UP: SchemaObject = {};

const TOO_MANY_VISITS = 50_000;

function account(check: Check, value: JsonValue, trail: Trail, run: Run): Fault[] {
  const faults: Fault[] = [];
  // What a rejected alternative reported has not been reported.
  const references = run.references && { ...run.references, reported: new Map() };
  const effort = { ...run.effort, reported: new Map() };
  check(value, trail, { file: run.file, faults, effort, ...(references && { references }) });
  return faults;
}

/** One fault in place of many, where each alternative has exactly one of a kind at the same place. */
function merge(accounts: readonly (readonly Fault[])[], trail: Trail): Fault[] | undefined {
  const firsts = accounts.map((faults) => tellingOf(faults, trail));
  const [first] = firsts;
  if (!first || firsts.some((it) => !it || placeOf(it, trail) !== placeOf(first, trail))) return undefined;
  const problems = firsts.map((it) => it!.problem);
  const problem = mergeProblems(problems);
  return problem && [{ ...first, problem }];
}

function mergeProblems(problems: readonly Problem[]): Problem | undefined {
  const types = problems.flatMap((it) => (it.kind === 'type' ? it.expected : []));
  if (problems.every((it) => it.kind === 'type')) return { kind: 'type', expected: [...new Set(types)] };
  if (problems.every((it) => it.kind === 'value')) {
    return { kind: 'value', allowed: [...new Set(problems.flatMap((it) => it.allowed))] };
  }
  if (problems.every((it) => it.kind === 'missing-key')) {
    return { kind: 'missing-key', keys: [...new Set(problems.flatMap((it) => it.keys))] };
  }
  return undefined;
}

/** A constant that is not met says most; else the only fault, where there is but one. */
function tellingOf(faults: readonly Fault[], trail: Trail): Fault | undefined {
  const constant = faults.find((it) => isConstant(it, trail));
  return constant ?? (faults.length === 1 ? faults[0] : undefined);
}

function closest(accounts: readonly Fault[][], trail: Trail): Fault[] {
  const cost = (faults: readonly Fault[]) =>
    100 * faults.filter((it) => isConstant(it, trail)).length +
    10 * faults.filter((it) => it.trail === trail).length +
    faults.length;
  return accounts.toSorted((a, b) => cost(a) - cost(b))[0] ?? [];
}

/** A key of the value that has not the constant by which an alternative is known. */
function isConstant({ trail, problem }: Fault, at: Trail): boolean {
  return trail.parent === at && problem.kind === 'value';
}

function placeOf({ trail }: Fault, at: Trail): string | number | undefined {
  return trail === at ? undefined : trail.parent === at ? trail.key : Number.NaN;
}
