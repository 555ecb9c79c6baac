export type { CodeDefinition } from './code.ts';
export { CODES, type DiagnosticCode, type ParamsOf } from './codes.ts';
export { diagnose } from './diagnose.ts';
export type { Diagnostic, Place, Related, RuleCode } from './diagnostic.ts';
export { type Frame, frame, regionOf } from './frame.ts';
export type { ReaderParams } from './message-codes.ts';
export { onePerCause } from './one-per-cause.ts';
export type { Severity } from './severity.ts';
export { beginSuggestions, suggest } from './suggest.ts';
