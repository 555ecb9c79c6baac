export { lint, withSeverities } from './lint.ts';
export { type LintMemo, lintMemo } from './memo.ts';
export type { Rule } from './rule.ts';
export { RULES } from './rules.ts';
export { isOn, type Preset, type Settings, type Severities } from './settings.ts';
export { defineRule, type UserFinding, type UserRule } from './user-rule.ts';
