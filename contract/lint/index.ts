export { lint, type Severities, withSeverities } from './lint.ts';
export type { Rule } from './rule.ts';
export { RULES } from './rules.ts';
