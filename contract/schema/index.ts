export type { References, Target } from './check.ts';
export { equal, fingerprint } from './equal.ts';
export { type Evaluator, evaluator } from './evaluate.ts';
export type { Fault, Problem } from './fault.ts';
export { KNOWN_FORMATS } from './formats.ts';
export { regExpOf } from './pattern.ts';
export { isOfType } from './scalars.ts';
export { depthOf, locationOf } from './trail.ts';
