import type { CodeDefinition } from './code.ts';
import { CODES, type DiagnosticCode, type ParamsOf } from './codes.ts';
import type { Diagnostic, Place, Related } from './diagnostic.ts';

/** A finding with the texts of its code. */
export function diagnose<Code extends DiagnosticCode>(
  code: Code,
  at: Place,
  params: ParamsOf<Code>,
  related: readonly Related[] = [],
): Diagnostic {
  const definition = CODES[code] as CodeDefinition<ParamsOf<Code>>;
  const note = definition.note?.(params);
  const fix = definition.fix?.(params);
  return {
    code,
    severity: definition.severity,
    message: definition.message(params),
    at,
    ...(note !== undefined && { note }),
    ...(fix !== undefined && { fix }),
    related,
  };
}
