export { GeneratorError, generate, generateScope } from './generate.ts';
export { GENERATORS, GENERATORS_BY_NAME, type GeneratorName } from './generators.ts';
export { contentOf, scopeOf, scopesOf } from './scope.ts';
export { AmbiguousDatesError } from './source/date-paths.ts';
export type { FileNote, GeneratedFile, Generator, OutputOptions, Scope } from './source/generator.ts';
export { headerOf } from './source/header.ts';
export { isInside } from './source/inside.ts';
export type { Memo } from './source/memo.ts';
export { messageContract, messageGuard, messageSamples, messageType } from './source/modules.ts';
export {
  type Code,
  code,
  docComment,
  type ImportedSymbol,
  lines,
  sourceFile,
  typeSymbol,
  valueSymbol,
} from './source/source-file.ts';
export { type StreamOfDomain, streamsOf } from './source/streams-of.ts';
export { quote } from './source/text.ts';
export { literal, propertyKey } from './source/value.ts';
export { receivingCode, sendingCode } from './usage.ts';
