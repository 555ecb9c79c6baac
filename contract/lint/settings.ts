import { CODES, type CodeDefinition, type RuleCode, type Severity } from '../diagnostics/index.ts';
import type { UserRule } from './user-rule.ts';

/**
 * `recommended` finds what is wrong, and what will surprise somebody. `strict` wants besides what a contract between
 * teams should say: names, owners, guarantees.
 */
export type Preset = 'recommended' | 'strict';

/** What a user says about codes: another severity, or none at all. */
export type Severities = Readonly<Partial<Record<RuleCode, Severity | 'off'>>>;

export interface Settings {
  readonly preset?: Preset;
  /** What is said here goes beyond the preset. */
  readonly severities?: Severities;
  readonly rules?: readonly UserRule[];
}

/** True when findings of a code are wanted. */
export function isOn(code: RuleCode, { preset = 'recommended', severities = {} }: Settings): boolean {
  const wanted = severities[code];
  if (wanted !== undefined) return wanted !== 'off';
  const definitions: Readonly<Record<string, CodeDefinition<never>>> = CODES;
  return definitions[code]?.preset !== 'strict' || preset === 'strict';
}
