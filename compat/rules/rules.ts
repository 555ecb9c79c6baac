import { BINDING_RULES } from './bindings.ts';
import { CHANNEL_RULES } from './channels.ts';
import { GUARANTEE_RULES } from './guarantees.ts';
import { MESSAGE_RULES } from './messages.ts';
import { ALL, CONSUMERS, OLD_MESSAGES, type Party } from './parties.ts';
import { PAYLOAD_ARRAY_RULES } from './payload-arrays.ts';
import { PAYLOAD_COMBINATION_RULES } from './payload-combinations.ts';
import { PAYLOAD_OBJECT_RULES } from './payload-objects.ts';
import { PAYLOAD_TYPE_RULES } from './payload-types.ts';
import { PAYLOAD_VALUE_RULES } from './payload-values.ts';
import type { PayloadRow, WorkspaceRow } from './row.ts';
import { SERVICE_RULES } from './services.ts';

/**
 * The rules of compatibility: every change that `compare` can find, one row each. A row has a page in docs/compat and a
 * case in compat/cases.
 */

const WORKSPACE = {
  ...SERVICE_RULES,
  ...CHANNEL_RULES,
  ...MESSAGE_RULES,
  ...GUARANTEE_RULES,
  ...BINDING_RULES,
} as const;

const PAYLOAD = {
  ...PAYLOAD_TYPE_RULES,
  ...PAYLOAD_VALUE_RULES,
  ...PAYLOAD_ARRAY_RULES,
  ...PAYLOAD_OBJECT_RULES,
  ...PAYLOAD_COMBINATION_RULES,
} as const;

type PayloadCode = keyof typeof PAYLOAD;

type HeadersCode = PayloadCode extends infer Code
  ? Code extends `payload/${infer What}`
    ? `headers/${What}`
    : never
  : never;

/** The id of a rule of compatibility. */
export type ChangeCode = keyof typeof WORKSPACE | PayloadCode | HeadersCode;

/** A rule of compatibility. */
export interface Rule extends WorkspaceRow {
  readonly code: ChangeCode;
  /** What decides whether it breaks: a proof on the schemas, or the rule alone. */
  readonly decidedBy: 'proof' | 'rule';
  readonly mirror: ChangeCode;
}

const AFFECTED: Readonly<Record<Rule['direction'], readonly Party[]>> = {
  FORWARD: CONSUMERS,
  BACKWARD: OLD_MESSAGES,
  FULL: ALL,
  NONE: [],
};

/** Every rule by its code. Headers have the rules of payloads. */
export const RULES = Object.fromEntries(
  [
    ...Object.entries(WORKSPACE).map(([code, row]) => workspaceRule(code, row)),
    ...Object.entries(PAYLOAD).flatMap(([code, row]) => [payloadRule(code, row), headersRule(code, row)]),
  ].map((rule) => [rule.code, rule]),
) as Readonly<Record<ChangeCode, Rule>>;

/** True for the code of a rule of compatibility. */
export function isChangeCode(code: string): code is ChangeCode {
  return Object.hasOwn(RULES, code);
}

function workspaceRule(code: string, row: WorkspaceRow): Rule {
  return { ...row, code: code as ChangeCode, decidedBy: 'rule', mirror: row.mirror as ChangeCode };
}

function payloadRule(code: string, row: PayloadRow): Rule {
  return {
    ...row,
    code: code as ChangeCode,
    affects: AFFECTED[row.direction],
    decidedBy: row.direction === 'NONE' ? 'rule' : 'proof',
    mirror: row.mirror as ChangeCode,
  };
}

/** Rules that speak of a part as a whole, not of a field in it. */
const OF_THE_WHOLE = /\/(added|removed|dialect-changed|changed|undecided)$/;

/** What is said of a payload, said of headers. */
function headersRule(code: string, row: PayloadRow): Rule {
  const inHeaders = (it: string) => it.replace('payload/', 'headers/');
  const message: Rule['message'] = (params) =>
    OF_THE_WHOLE.test(code)
      ? row.message({ ...params, subject: `the headers of ${params.subject}` })
      : `header ${row.message(params)}`;
  return payloadRule(inHeaders(code), { ...row, message, mirror: inHeaders(row.mirror) });
}
