import type { JsonSchema } from '../keywords/schema.ts';
import { isSchema } from '../keywords/subschemas.ts';
import { type Check, fail, type Keyword, silently } from './check.ts';
import { explainAlternatives } from './explain-alternatives.ts';

/** `allOf` (applicators, section 10.2.1.1). */
export const allOf: Keyword = (schema, compile) => {
  const checks = schemasOf(schema.allOf).map(compile);
  if (checks.length === 0) return undefined;
  return (value, trail, run) => {
    let holds = true;
    for (const check of checks) {
      if (check(value, trail, run)) continue;
      holds = false;
      if (!run.faults) return false;
    }
    return holds;
  };
};

/** `anyOf` (applicators, section 10.2.1.2). */
export const anyOf: Keyword = (schema, compile) => {
  const checks = schemasOf(schema.anyOf).map(compile);
  if (checks.length === 0) return undefined;
  return (value, trail, run) => {
    const quiet = silently(run);
    if (checks.some((check) => check(value, trail, quiet))) return true;
    explainAlternatives(checks, value, trail, run);
    return false;
  };
};

/** `oneOf` (applicators, section 10.2.1.3). */
export const oneOf: Keyword = (schema, compile) => {
  const checks = schemasOf(schema.oneOf).map(compile);
  if (checks.length === 0) return undefined;
  return (value, trail, run) => {
    const quiet = silently(run);
    const matches = checks.flatMap((check, i) => (check(value, trail, quiet) ? [i] : []));
    if (matches.length === 1) return true;
    if (matches.length > 1) return fail(run, schema, value, trail, { kind: 'ambiguous', matches });
    explainAlternatives(checks, value, trail, run);
    return false;
  };
};

/** `not` (applicators, section 10.2.1.4). */
export const not: Keyword = (schema, compile) => {
  if (!isSchema(schema.not)) return undefined;
  const check = compile(schema.not);
  return (value, trail, run) =>
    !check(value, trail, silently(run)) || fail(run, schema, value, trail, { kind: 'forbidden' });
};

/** `if`, `then` and `else` (applicators, section 10.2.2). */
export const conditional: Keyword = (schema, compile): Check | undefined => {
  if (!isSchema(schema.if)) return undefined;
  const condition = compile(schema.if);
  const then = isSchema(schema.then) ? compile(schema.then) : undefined;
  const otherwise = isSchema(schema.else) ? compile(schema.else) : undefined;
  return (value, trail, run) => {
    const branch = condition(value, trail, silently(run)) ? then : otherwise;
    return branch ? branch(value, trail, run) : true;
  };
};

function schemasOf(list: unknown): JsonSchema[] {
  return Array.isArray(list) ? list.filter(isSchema) : [];
}
