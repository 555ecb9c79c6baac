import { diagnose, suggest } from '../../diagnostics/index.ts';
import type { SchemaObject, Workspace } from '../../model/index.ts';
import { regExpOf } from '../../schema/index.ts';
import { childPointer, isObject } from '../../source/index.ts';
import type { Rule } from '../rule.ts';
import { conjuncts, inSchemas } from '../schema-nodes.ts';

/** A required key that no schema describes is mostly one that was misspelt or renamed. */
export const requiredKnown: Rule = {
  codes: ['schema/required-unknown'],
  check: (workspace) =>
    inSchemas(workspace, 'required-known', function* ({ schema, at, around }) {
      if (!Array.isArray(schema.required)) return;
      const parts = [schema, ...around].flatMap((it) => together(workspace, it));
      const known = new Set(parts.flatMap((it) => Object.keys(isObject(it.properties) ? it.properties : {})));
      if (known.size === 0) return;
      for (const [index, name] of schema.required.entries()) {
        if (typeof name !== 'string' || known.has(name) || isMatched(parts, name)) continue;
        const place = { file: at.file, pointer: childPointer(at.pointer, 'required', index) };
        yield diagnose('schema/required-unknown', place, { name, suggestion: suggest(name, known) });
      }
    }),
};

/** What must hold, and what may: a key that is described in one alternative is not unknown. */
function together(workspace: Workspace, schema: SchemaObject): SchemaObject[] {
  return conjuncts(workspace, schema).flatMap((part) => [
    part,
    ...[part.anyOf, part.oneOf, part.then, part.else]
      .flat()
      .flatMap((it) => (isObject(it) ? conjuncts(workspace, it) : [])),
  ]);
}

function isMatched(parts: readonly SchemaObject[], name: string): boolean {
  return parts.some(({ patternProperties, additionalProperties }) => {
    if (isObject(additionalProperties)) return true;
    const patterns = Object.keys(isObject(patternProperties) ? patternProperties : {});
    return patterns.some((pattern) => regExpOf(pattern)?.test(name));
  });
}
