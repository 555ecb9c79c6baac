export { generate } from './generate.ts';
export { GENERATORS } from './generators.ts';
export type { GeneratedFile, Generator, OutputOptions, Scope } from './source/generator.ts';
