import { backtracksExponentially, childPointer, isObject, KNOWN_FORMATS } from '@chirograph/schema';
import { diagnose, suggest } from '../../diagnostics/index.ts';
import type { Rule } from '../rule.ts';
import { inSchemas } from '../schema-nodes.ts';

/** A format that nobody knows is checked by nobody. */
export const formatKnown: Rule = {
  codes: ['schema/format-unknown'],
  check: (workspace) =>
    inSchemas(
      workspace,
      'format-known',
      function* ({ schema, at }) {
        const { format } = schema;
        if (typeof format !== 'string' || KNOWN_FORMATS.includes(format)) return;
        const place = { file: at.file, pointer: childPointer(at.pointer, 'format') };
        yield diagnose('schema/format-unknown', place, {
          format,
          suggestion: suggest(format, KNOWN_FORMATS),
        });
      },
      ['format'],
    ),
};

/** In JSON Schema a pattern has no slashes around it: with them, `^` stands behind a character and never matches. */
export const patternSlashes: Rule = {
  codes: ['schema/pattern-slashes'],
  check: (workspace) =>
    inSchemas(
      workspace,
      'pattern-slashes',
      function* ({ schema, at }) {
        const { pattern } = schema;
        const [, inner] = (typeof pattern === 'string' && /^\/(\^.*|.*\$)\/[dgimsuvy]*$/.exec(pattern)) || [];
        if (inner === undefined) return;
        const place = { file: at.file, pointer: childPointer(at.pointer, 'pattern') };
        yield diagnose('schema/pattern-slashes', place, { inner });
      },
      ['pattern'],
    ),
};

/** A pattern with catastrophic backtracking lets one message stop a consumer. */
export const patternSpeed: Rule = {
  codes: ['schema/pattern-slow'],
  check: (workspace) =>
    inSchemas(
      workspace,
      'pattern-speed',
      function* ({ schema, at }) {
        const patterns = Object.keys(isObject(schema.patternProperties) ? schema.patternProperties : {});
        const places = patterns.map((pattern) => ({ pattern, path: ['patternProperties', pattern] }));
        if (typeof schema.pattern === 'string') places.push({ pattern: schema.pattern, path: ['pattern'] });
        for (const { pattern, path } of places) {
          if (!backtracksExponentially(pattern)) continue;
          const place = { file: at.file, pointer: childPointer(at.pointer, ...path) };
          yield diagnose('schema/pattern-slow', path.length > 1 ? { ...place, part: 'key' } : place, {
            pattern,
          });
        }
      },
      ['pattern', 'patternProperties'],
    ),
};
