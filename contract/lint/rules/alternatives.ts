import { childPointer, isObject } from '@chirograph/schema';
import { diagnose } from '../../diagnostics/index.ts';
import { refusedIn } from '../example-faults.ts';
import { overlapsIn } from '../overlaps.ts';
import type { Rule } from '../rule.ts';

/**
 * `oneOf` wants exactly one of its alternatives to match. One whose values all match another as well is never chosen:
 * what it describes is refused. A warning of objects, which mostly overlap because neither is closed, unless an example
 * is refused for it.
 */
export const alternatives: Rule = {
  codes: ['schema/alternatives-overlap'],
  *check(workspace) {
    for (const [schema, overlaps] of overlapsIn(workspace)) {
      const isRefused = refusedIn(workspace).ofSchemas.some((it) => it.schema === schema);
      for (const { at, index, other, value, isDeclared } of overlaps) {
        const place = { file: at.file, pointer: childPointer(at.pointer, 'oneOf', index) };
        const params = { index: index + 1, other: other + 1, value, isDeclared };
        const found = diagnose('schema/alternatives-overlap', place, params);
        yield isObject(value) && !isRefused ? { ...found, severity: 'warning' } : found;
      }
    }
  },
};
