export { lint, withSeverities } from './lint.ts';
export { type LintMemo, lintMemo } from './memo.ts';
export type { Rule } from './rule.ts';
export { RULES } from './rules.ts';
export type { Preset, Settings, Severities } from './settings.ts';
export { defineRule, type UserFinding, type UserRule } from './user-rule.ts';
