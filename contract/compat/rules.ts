import type { ChangeCode } from '../diagnostics/index.ts';
import type { Party } from './judge/finding.ts';
import type { Rule } from './rule.ts';

type PayloadCode = ChangeCode & `payload/${string}`;

type Row = readonly [direction: Rule['direction'], mirror: Rule['mirror']];

const CONSUMERS: readonly Party[] = ['consumers'];
const OLD_MESSAGES: readonly Party[] = ['producers', 'in flight', 'replay'];
const ALL: readonly Party[] = [...CONSUMERS, ...OLD_MESSAGES];

/** Whom a change injures follows from the direction in which it breaks. */
const INJURED: Readonly<Record<Rule['direction'], readonly Party[]>> = {
  FORWARD: CONSUMERS,
  BACKWARD: OLD_MESSAGES,
  FULL: ALL,
  NONE: [],
};

/** Changes of schemas. The proof decides; the direction is where a break is to be expected. */
const PAYLOAD: Readonly<Record<PayloadCode, Row>> = {
  'payload/added': ['BACKWARD', 'payload/removed'],
  'payload/removed': ['FORWARD', 'payload/added'],
  'payload/dialect-changed': ['FULL', 'payload/dialect-changed'],
  'payload/changed': ['FULL', 'payload/changed'],
  'payload/undecided': ['FULL', 'payload/undecided'],
  'payload/type-widened': ['FORWARD', 'payload/type-narrowed'],
  'payload/type-narrowed': ['BACKWARD', 'payload/type-widened'],
  'payload/type-changed': ['FULL', 'payload/type-changed'],
  'payload/null-allowed': ['FORWARD', 'payload/null-refused'],
  'payload/null-refused': ['BACKWARD', 'payload/null-allowed'],
  'payload/property-added': ['FORWARD', 'payload/property-removed'],
  'payload/property-removed': ['BACKWARD', 'payload/property-added'],
  'payload/required-property-added': ['BACKWARD', 'payload/required-property-removed'],
  'payload/required-property-removed': ['FORWARD', 'payload/required-property-added'],
  'payload/property-renamed': ['FULL', 'payload/property-renamed'],
  'payload/property-made-required': ['BACKWARD', 'payload/property-made-optional'],
  'payload/property-made-optional': ['FORWARD', 'payload/property-made-required'],
  'payload/enum-value-added': ['FORWARD', 'payload/enum-value-removed'],
  'payload/enum-value-removed': ['BACKWARD', 'payload/enum-value-added'],
  'payload/enum-added': ['BACKWARD', 'payload/enum-removed'],
  'payload/enum-removed': ['FORWARD', 'payload/enum-added'],
  'payload/const-changed': ['FULL', 'payload/const-changed'],
  'payload/minimum-raised': ['BACKWARD', 'payload/minimum-lowered'],
  'payload/minimum-lowered': ['FORWARD', 'payload/minimum-raised'],
  'payload/maximum-lowered': ['BACKWARD', 'payload/maximum-raised'],
  'payload/maximum-raised': ['FORWARD', 'payload/maximum-lowered'],
  'payload/multiple-tightened': ['BACKWARD', 'payload/multiple-loosened'],
  'payload/multiple-loosened': ['FORWARD', 'payload/multiple-tightened'],
  'payload/multiple-changed': ['FULL', 'payload/multiple-changed'],
  'payload/min-length-raised': ['BACKWARD', 'payload/min-length-lowered'],
  'payload/min-length-lowered': ['FORWARD', 'payload/min-length-raised'],
  'payload/max-length-lowered': ['BACKWARD', 'payload/max-length-raised'],
  'payload/max-length-raised': ['FORWARD', 'payload/max-length-lowered'],
  'payload/pattern-added': ['BACKWARD', 'payload/pattern-removed'],
  'payload/pattern-removed': ['FORWARD', 'payload/pattern-added'],
  'payload/pattern-changed': ['FULL', 'payload/pattern-changed'],
  'payload/format-added': ['BACKWARD', 'payload/format-removed'],
  'payload/format-removed': ['FORWARD', 'payload/format-added'],
  'payload/format-changed': ['FULL', 'payload/format-changed'],
  'payload/content-changed': ['NONE', 'payload/content-changed'],
  'payload/min-items-raised': ['BACKWARD', 'payload/min-items-lowered'],
  'payload/min-items-lowered': ['FORWARD', 'payload/min-items-raised'],
  'payload/max-items-lowered': ['BACKWARD', 'payload/max-items-raised'],
  'payload/max-items-raised': ['FORWARD', 'payload/max-items-lowered'],
  'payload/items-added': ['BACKWARD', 'payload/items-removed'],
  'payload/items-removed': ['FORWARD', 'payload/items-added'],
  'payload/tuple-item-added': ['BACKWARD', 'payload/tuple-item-removed'],
  'payload/tuple-item-removed': ['FORWARD', 'payload/tuple-item-added'],
  'payload/unique-items-added': ['BACKWARD', 'payload/unique-items-removed'],
  'payload/unique-items-removed': ['FORWARD', 'payload/unique-items-added'],
  'payload/contains-added': ['BACKWARD', 'payload/contains-removed'],
  'payload/contains-removed': ['FORWARD', 'payload/contains-added'],
  'payload/contains-changed': ['FULL', 'payload/contains-changed'],
  'payload/closed': ['BACKWARD', 'payload/opened'],
  'payload/opened': ['FORWARD', 'payload/closed'],
  'payload/map-values-added': ['BACKWARD', 'payload/map-values-removed'],
  'payload/map-values-removed': ['FORWARD', 'payload/map-values-added'],
  'payload/pattern-property-added': ['BACKWARD', 'payload/pattern-property-removed'],
  'payload/pattern-property-removed': ['FORWARD', 'payload/pattern-property-added'],
  'payload/property-names-added': ['BACKWARD', 'payload/property-names-removed'],
  'payload/property-names-removed': ['FORWARD', 'payload/property-names-added'],
  'payload/property-names-changed': ['FULL', 'payload/property-names-changed'],
  'payload/min-properties-raised': ['BACKWARD', 'payload/min-properties-lowered'],
  'payload/min-properties-lowered': ['FORWARD', 'payload/min-properties-raised'],
  'payload/max-properties-lowered': ['BACKWARD', 'payload/max-properties-raised'],
  'payload/max-properties-raised': ['FORWARD', 'payload/max-properties-lowered'],
  'payload/dependency-added': ['BACKWARD', 'payload/dependency-removed'],
  'payload/dependency-removed': ['FORWARD', 'payload/dependency-added'],
  'payload/dependency-changed': ['FULL', 'payload/dependency-changed'],
  'payload/alternative-added': ['FORWARD', 'payload/alternative-removed'],
  'payload/alternative-removed': ['BACKWARD', 'payload/alternative-added'],
  'payload/alternatives-added': ['BACKWARD', 'payload/alternatives-removed'],
  'payload/alternatives-removed': ['FORWARD', 'payload/alternatives-added'],
  'payload/condition-changed': ['FULL', 'payload/condition-changed'],
  'payload/exclusion-changed': ['FULL', 'payload/exclusion-changed'],
  'payload/default-changed': ['NONE', 'payload/default-changed'],
  'payload/field-deprecated': ['NONE', 'payload/field-undeprecated'],
  'payload/field-undeprecated': ['NONE', 'payload/field-deprecated'],
  'payload/documentation-changed': ['NONE', 'payload/documentation-changed'],
};

/** Everything else. The rule decides, and `judge` looks at who is there to be injured. */
const WORKSPACE: Readonly<
  Record<Exclude<ChangeCode, `payload/${string}` | `headers/${string}`>, readonly [readonly Party[], ...Row]>
> = {
  'service/added': [[], 'NONE', 'service/removed'],
  'service/removed': [['consumers', 'producers'], 'NONE', 'service/added'],
  'channel/added': [[], 'NONE', 'channel/removed'],
  'channel/removed': [['consumers', 'producers'], 'FULL', 'channel/added'],
  'channel/address-changed': [['consumers', 'producers', 'in flight'], 'FULL', 'channel/address-changed'],
  'channel/parameter-renamed': [[], 'NONE', 'channel/parameter-renamed'],
  'operation/send-added': [[], 'NONE', 'operation/send-removed'],
  'operation/send-removed': [CONSUMERS, 'FORWARD', 'operation/send-added'],
  'operation/receive-added': [[], 'NONE', 'operation/receive-removed'],
  'operation/receive-removed': [['producers', 'in flight'], 'BACKWARD', 'operation/receive-added'],
  'operation/renamed': [[], 'NONE', 'operation/renamed'],
  'operation/retry-shortened': [[], 'NONE', 'operation/retry-lengthened'],
  'operation/retry-lengthened': [[], 'NONE', 'operation/retry-shortened'],
  'message/added': [[], 'NONE', 'message/removed'],
  'message/removed': [ALL, 'FULL', 'message/added'],
  'message/version-added': [[], 'NONE', 'message/version-removed'],
  'message/version-removed': [ALL, 'FULL', 'message/version-added'],
  'message/renamed': [ALL, 'FULL', 'message/renamed'],
  'message/key-renamed': [[], 'NONE', 'message/key-renamed'],
  'message/channel-moved': [['consumers', 'producers', 'in flight'], 'FULL', 'message/channel-moved'],
  'message/channel-added': [[], 'NONE', 'message/channel-removed'],
  'message/channel-removed': [['consumers', 'producers', 'in flight'], 'FULL', 'message/channel-added'],
  'message/kind-changed': [['consumers', 'producers'], 'FULL', 'message/kind-changed'],
  'message/content-type-changed': [ALL, 'FULL', 'message/content-type-changed'],
  'message/deprecated': [[], 'NONE', 'message/undeprecated'],
  'message/undeprecated': [[], 'NONE', 'message/deprecated'],
  'message/upcast-added': [[], 'NONE', 'message/upcast-removed'],
  'message/upcast-removed': [OLD_MESSAGES, 'BACKWARD', 'message/upcast-added'],
  'message/upcast-changed': [['replay'], 'BACKWARD', 'message/upcast-changed'],
  'message/aggregate-changed': [CONSUMERS, 'FORWARD', 'message/aggregate-changed'],
  'message/documentation-changed': [[], 'NONE', 'message/documentation-changed'],
  'command/failure-added': [['producers'], 'BACKWARD', 'command/failure-removed'],
  'command/failure-removed': [[], 'NONE', 'command/failure-added'],
  'command/outcome-added': [[], 'NONE', 'command/outcome-removed'],
  'command/outcome-removed': [['producers'], 'BACKWARD', 'command/outcome-added'],
  'invariant/added': [[], 'NONE', 'invariant/removed'],
  'invariant/removed': [CONSUMERS, 'FORWARD', 'invariant/added'],
  'ordering-key/added': [['in flight'], 'FULL', 'ordering-key/removed'],
  'ordering-key/removed': [CONSUMERS, 'FORWARD', 'ordering-key/added'],
  'ordering-key/changed': [['consumers', 'in flight'], 'FULL', 'ordering-key/changed'],
  'identity/added': [CONSUMERS, 'FORWARD', 'identity/removed'],
  'identity/removed': [CONSUMERS, 'FORWARD', 'identity/added'],
  'identity/coarsened': [CONSUMERS, 'FORWARD', 'identity/refined'],
  'identity/refined': [['consumers', 'in flight'], 'FULL', 'identity/coarsened'],
  'identity/changed': [['consumers', 'in flight'], 'FULL', 'identity/changed'],
  'envelope/part-added': [[], 'NONE', 'envelope/part-removed'],
  'envelope/part-removed': [ALL, 'FULL', 'envelope/part-added'],
  'envelope/part-moved': [ALL, 'FULL', 'envelope/part-moved'],
  'correlation/added': [[], 'NONE', 'correlation/removed'],
  'correlation/removed': [CONSUMERS, 'FORWARD', 'correlation/added'],
  'correlation/moved': [CONSUMERS, 'FORWARD', 'correlation/moved'],
  'retention/shortened': [['replay'], 'BACKWARD', 'retention/lengthened'],
  'retention/lengthened': [[], 'NONE', 'retention/shortened'],
  'retry/shortened': [CONSUMERS, 'FORWARD', 'retry/lengthened'],
  'retry/lengthened': [[], 'NONE', 'retry/shortened'],
  'volume/raised': [[], 'NONE', 'volume/lowered'],
  'volume/lowered': [[], 'NONE', 'volume/raised'],
};

/** Every rule by its code. Headers have the rules of payloads. */
export const RULES: Readonly<Record<ChangeCode, Rule>> = Object.fromEntries([
  ...Object.entries(WORKSPACE).map(([code, [injures, direction, mirror]]) => [
    code,
    { code, injures, direction, decidedBy: 'rule', mirror },
  ]),
  ...Object.entries(PAYLOAD).flatMap(([code, [direction, mirror]]) =>
    (['payload', 'headers'] as const).map((part) => [
      inPart(code, part),
      {
        code: inPart(code, part),
        injures: INJURED[direction],
        direction,
        decidedBy: direction === 'NONE' ? 'rule' : 'proof',
        mirror: typeof mirror === 'string' ? inPart(mirror, part) : mirror,
      },
    ]),
  ),
]) as Readonly<Record<ChangeCode, Rule>>;

function inPart(code: string, part: 'payload' | 'headers'): string {
  return code.replace('payload/', `${part}/`);
}
