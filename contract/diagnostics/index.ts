export { CODES, type CodeDefinition, type DiagnosticCode, type ParamsOf } from './codes.ts';
export { diagnose } from './diagnose.ts';
export type { Diagnostic, Place, Related, Severity } from './diagnostic.ts';
export { type Frame, frame, regionOf } from './frame.ts';
export { suggest } from './suggest.ts';
