export { locate, type Part, type Region, regionAt, textAt } from './locate.ts';
export { type Parsed, parse } from './parse.ts';
export type { Source } from './source.ts';
export type { Key } from './untyped-keys.ts';
