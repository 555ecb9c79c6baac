export type { SchemaPlace } from '@chirograph/schema/combine';
export type { Formats } from '@chirograph/schema/containment';
export type { Change, SchemaEdit, Subject } from './change.ts';
export { durationText } from './compare/durations.ts';
export { compare } from './compare.ts';
export type { Approval } from './judge/approval.ts';
export type { Direction } from './judge/direction.ts';
export type { Advice, AffectedOperation, Finding, Impact, Verdict } from './judge/finding.ts';
export { type Comparison, judge } from './judge/judge.ts';
export type { CompatMode, Demand, Policy, Terms, Writers } from './judge/policy.ts';
export type { Refusal } from './judge/refusal.ts';
export {
  causesText,
  type ServiceVersion,
  serviceVersions,
  type VersionStep,
} from './judge/service-versions.ts';
export { isBare, type SuggestedUpcast } from './judge/suggested-upcast.ts';
export type { Witness } from './judge/witness.ts';
export type { Party } from './rules/parties.ts';
export type { ChangeParams } from './rules/row.ts';
export { type ChangeCode, isChangeCode, RULES, type Rule } from './rules/rules.ts';
