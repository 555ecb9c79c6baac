export { locate, type Part, type Region, regionAt, textAt } from './locate.ts';
export { type Parsed, parse } from './parse.ts';
export { childPointer, joinPointer, splitPointer, valueAt } from './pointer.ts';
export { isObject, type JsonObject, type JsonValue, type Source } from './source.ts';
export type { Key } from './untyped-keys.ts';
