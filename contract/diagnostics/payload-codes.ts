import { changeCode } from './change-code.ts';

/** Changes of a payload's schema. The same changes of headers have the same texts under `headers/`. */
export const PAYLOAD_CODES = {
  'payload/added': changeCode(
    'error',
    'A schema was given where there was none',
    ({ subject }) => `${subject} had no schema here and has one now`,
  ),
  'payload/removed': changeCode(
    'error',
    'The schema is gone',
    ({ subject }) => `${subject} had a schema here and has none now`,
  ),
  'payload/dialect-changed': changeCode(
    'error',
    'The schema is read by another edition',
    ({ from, to }) => `the schema was ${from} and is ${to}`,
  ),
  'payload/changed': changeCode(
    'error',
    'Several changes together break',
    ({ subject }) => `the changes of ${subject} break together, though none does alone`,
  ),
  'payload/undecided': changeCode(
    'error',
    'It is not known whether a change breaks',
    ({ subject, from }) => `it could not be decided whether the change of ${subject} breaks: ${from}`,
  ),
  'payload/type-widened': changeCode(
    'error',
    'A field may hold more types',
    ({ field, from, to }) => `${field} was ${from} and may now be ${to}`,
  ),
  'payload/type-narrowed': changeCode(
    'error',
    'A field may hold fewer types',
    ({ field, from, to }) => `${field} was ${from} and must now be ${to}`,
  ),
  'payload/type-changed': changeCode(
    'error',
    'A field has another type',
    ({ field, from, to }) => `${field} was ${from} and is now ${to}`,
  ),
  'payload/null-allowed': changeCode(
    'error',
    'A field may be null',
    ({ field }) => `${field} may now be null`,
  ),
  'payload/null-refused': changeCode(
    'error',
    'A field may no longer be null',
    ({ field }) => `${field} may no longer be null`,
  ),
  'payload/property-added': changeCode(
    'error',
    'An optional property was added',
    ({ field }) => `${field} was added, optional`,
  ),
  'payload/property-removed': changeCode(
    'warning',
    'An optional property was removed',
    ({ field }) => `${field} was removed; it was optional`,
  ),
  'payload/required-property-added': changeCode(
    'error',
    'A required property was added',
    ({ field }) => `${field} was added, required`,
  ),
  'payload/required-property-removed': changeCode(
    'error',
    'A required property was removed',
    ({ field }) => `${field} was removed; it was required`,
  ),
  'payload/property-renamed': changeCode(
    'warning',
    'A property has another name',
    ({ field, to }) => `${field} is now called ${to}`,
  ),
  'payload/property-made-required': changeCode(
    'error',
    'An optional property became required',
    ({ field }) => `${field} was optional and is now required`,
  ),
  'payload/property-made-optional': changeCode(
    'error',
    'A required property became optional',
    ({ field }) => `${field} was required and is now optional`,
  ),
  'payload/enum-value-added': changeCode(
    'error',
    'A field has more values',
    ({ field, to }) => `${field} may now also be ${to}`,
  ),
  'payload/enum-value-removed': changeCode(
    'error',
    'A field has fewer values',
    ({ field, from }) => `${field} may no longer be ${from}`,
  ),
  'payload/enum-added': changeCode(
    'error',
    'A field is limited to a list of values',
    ({ field, to }) => `${field} could hold anything of its type and must now be ${to}`,
  ),
  'payload/enum-removed': changeCode(
    'error',
    'A field is no longer limited to a list of values',
    ({ field, from }) => `${field} had to be ${from} and may now hold anything of its type`,
  ),
  'payload/const-changed': changeCode(
    'error',
    'A fixed value is another one',
    ({ field, from, to }) => `${field} was always ${from} and is now always ${to}`,
  ),
  'payload/minimum-raised': changeCode(
    'error',
    'The least value of a number is greater',
    ({ field, from, to }) => `${field} had ${from} and has ${to}`,
  ),
  'payload/minimum-lowered': changeCode(
    'error',
    'The least value of a number is smaller',
    ({ field, from, to }) => `${field} had ${from} and has ${to}`,
  ),
  'payload/maximum-lowered': changeCode(
    'error',
    'The greatest value of a number is smaller',
    ({ field, from, to }) => `${field} had ${from} and has ${to}`,
  ),
  'payload/maximum-raised': changeCode(
    'error',
    'The greatest value of a number is greater',
    ({ field, from, to }) => `${field} had ${from} and has ${to}`,
  ),
  'payload/multiple-tightened': changeCode(
    'error',
    'A number has a coarser step',
    ({ field, from, to }) => `${field} had ${from} and has ${to}`,
  ),
  'payload/multiple-loosened': changeCode(
    'error',
    'A number has a finer step',
    ({ field, from, to }) => `${field} had ${from} and has ${to}`,
  ),
  'payload/multiple-changed': changeCode(
    'error',
    'A number has another step',
    ({ field, from, to }) => `${field} had ${from} and has ${to}`,
  ),
  'payload/min-length-raised': changeCode(
    'error',
    'A text must be longer',
    ({ field, from, to }) => `${field} had ${from} and has ${to}`,
  ),
  'payload/min-length-lowered': changeCode(
    'error',
    'A text may be shorter',
    ({ field, from, to }) => `${field} had ${from} and has ${to}`,
  ),
  'payload/max-length-lowered': changeCode(
    'error',
    'A text must be shorter',
    ({ field, from, to }) => `${field} had ${from} and has ${to}`,
  ),
  'payload/max-length-raised': changeCode(
    'error',
    'A text may be longer',
    ({ field, from, to }) => `${field} had ${from} and has ${to}`,
  ),
  'payload/pattern-added': changeCode(
    'error',
    'A text must match a pattern',
    ({ field, to }) => `${field} must now match ${to}`,
  ),
  'payload/pattern-removed': changeCode(
    'error',
    'A text need not match a pattern',
    ({ field, from }) => `${field} need no longer match ${from}`,
  ),
  'payload/pattern-changed': changeCode(
    'error',
    'A text must match another pattern',
    ({ field, from, to }) => `${field} had to match ${from} and must now match ${to}`,
  ),
  'payload/format-added': changeCode(
    'error',
    'A text has a format',
    ({ field, to }) => `${field} must now be a ${to}`,
  ),
  'payload/format-removed': changeCode(
    'error',
    'A text has no format',
    ({ field, from }) => `${field} need no longer be a ${from}`,
  ),
  'payload/format-changed': changeCode(
    'error',
    'A text has another format',
    ({ field, from, to }) => `${field} had the format ${from} and has ${to}`,
  ),
  'payload/content-changed': changeCode(
    'warning',
    'A text holds another kind of content',
    ({ field, from, to }) => `${field} held ${from} and holds ${to}`,
  ),
  'payload/min-items-raised': changeCode(
    'error',
    'A list must be longer',
    ({ field, from, to }) => `${field} had ${from} and has ${to}`,
  ),
  'payload/min-items-lowered': changeCode(
    'error',
    'A list may be shorter',
    ({ field, from, to }) => `${field} had ${from} and has ${to}`,
  ),
  'payload/max-items-lowered': changeCode(
    'error',
    'A list must be shorter',
    ({ field, from, to }) => `${field} had ${from} and has ${to}`,
  ),
  'payload/max-items-raised': changeCode(
    'error',
    'A list may be longer',
    ({ field, from, to }) => `${field} had ${from} and has ${to}`,
  ),
  'payload/items-added': changeCode(
    'error',
    'The items of a list are described',
    ({ field }) => `the items of ${field} could be anything and have a schema now`,
  ),
  'payload/items-removed': changeCode(
    'error',
    'The items of a list are no longer described',
    ({ field }) => `the items of ${field} had a schema and may now be anything`,
  ),
  'payload/tuple-item-added': changeCode(
    'error',
    'A place in a list is described',
    ({ field }) => `${field} has a schema of its own now`,
  ),
  'payload/tuple-item-removed': changeCode(
    'error',
    'A place in a list is no longer described',
    ({ field }) => `${field} has no schema of its own any more`,
  ),
  'payload/unique-items-added': changeCode(
    'error',
    'A list may hold nothing twice',
    ({ field }) => `${field} may no longer hold anything twice`,
  ),
  'payload/unique-items-removed': changeCode(
    'error',
    'A list may hold something twice',
    ({ field }) => `${field} may now hold something twice`,
  ),
  'payload/contains-added': changeCode(
    'error',
    'A list must hold a certain item',
    ({ field }) => `${field} must now hold a certain item`,
  ),
  'payload/contains-removed': changeCode(
    'error',
    'A list need not hold a certain item',
    ({ field }) => `${field} need no longer hold a certain item`,
  ),
  'payload/contains-changed': changeCode(
    'error',
    'A list must hold another item',
    ({ field }) => `${field} must hold another item than before`,
  ),
  'payload/closed': changeCode(
    'error',
    'An object allows no further properties',
    ({ field }) => `${field} allows no properties any more but those named`,
  ),
  'payload/opened': changeCode(
    'error',
    'An object allows further properties',
    ({ field }) => `${field} allows further properties now`,
  ),
  'payload/map-values-added': changeCode(
    'error',
    'The further properties of an object are described',
    ({ field }) => `the further properties of ${field} have a schema now`,
  ),
  'payload/map-values-removed': changeCode(
    'error',
    'The further properties of an object are no longer described',
    ({ field }) => `the further properties of ${field} have no schema any more`,
  ),
  'payload/pattern-property-added': changeCode(
    'error',
    'Properties by pattern were added',
    ({ field }) => `properties like ${field} have a schema now`,
  ),
  'payload/pattern-property-removed': changeCode(
    'error',
    'Properties by pattern were removed',
    ({ field }) => `properties like ${field} have no schema any more`,
  ),
  'payload/property-names-added': changeCode(
    'error',
    'The names of properties are limited',
    ({ field }) => `the names of the properties of ${field} are limited now`,
  ),
  'payload/property-names-removed': changeCode(
    'error',
    'The names of properties are free',
    ({ field }) => `the names of the properties of ${field} are free now`,
  ),
  'payload/property-names-changed': changeCode(
    'error',
    'The names of properties are limited otherwise',
    ({ field }) => `the names of the properties of ${field} are limited otherwise`,
  ),
  'payload/min-properties-raised': changeCode(
    'error',
    'An object needs more properties',
    ({ field, from, to }) => `${field} had ${from} and has ${to}`,
  ),
  'payload/min-properties-lowered': changeCode(
    'error',
    'An object needs fewer properties',
    ({ field, from, to }) => `${field} had ${from} and has ${to}`,
  ),
  'payload/max-properties-lowered': changeCode(
    'error',
    'An object may have fewer properties',
    ({ field, from, to }) => `${field} had ${from} and has ${to}`,
  ),
  'payload/max-properties-raised': changeCode(
    'error',
    'An object may have more properties',
    ({ field, from, to }) => `${field} had ${from} and has ${to}`,
  ),
  'payload/dependency-added': changeCode(
    'error',
    'A property asks for others',
    ({ field, to }) => `${field}: ${to} asks for others now`,
  ),
  'payload/dependency-removed': changeCode(
    'error',
    'A property no longer asks for others',
    ({ field, from }) => `${field}: ${from} asks for no others any more`,
  ),
  'payload/dependency-changed': changeCode(
    'error',
    'A property asks for other ones',
    ({ field, to }) => `${field}: ${to} asks for others than before`,
  ),
  'payload/alternative-added': changeCode(
    'error',
    'A field has one more shape',
    ({ field, to }) => `${field} may now also be ${to}`,
  ),
  'payload/alternative-removed': changeCode(
    'error',
    'A field has one shape less',
    ({ field, from }) => `${field} may no longer be ${from}`,
  ),
  'payload/alternatives-added': changeCode(
    'error',
    'A field is limited to some shapes',
    ({ field, to }) => `${field} must now be one of ${to}`,
  ),
  'payload/alternatives-removed': changeCode(
    'error',
    'A field is no longer limited to some shapes',
    ({ field, from }) => `${field} need no longer be one of ${from}`,
  ),
  'payload/condition-changed': changeCode(
    'error',
    'A condition is another one',
    ({ field }) => `what ${field} must be under a condition (\`if\`) is another`,
  ),
  'payload/exclusion-changed': changeCode(
    'error',
    'What is excluded is something else',
    ({ field }) => `what ${field} must not be (\`not\`) is another`,
  ),
  'payload/default-changed': changeCode(
    'warning',
    'A default is another one',
    ({ field, from, to }) => `${field} had ${from} where nothing is said, and has ${to}`,
  ),
  'payload/field-deprecated': changeCode(
    'info',
    'A field is deprecated',
    ({ field }) => `${field} is deprecated now`,
  ),
  'payload/field-undeprecated': changeCode(
    'info',
    'A field is no longer deprecated',
    ({ field }) => `${field} is no longer deprecated`,
  ),
  'payload/documentation-changed': changeCode(
    'info',
    'A field is described otherwise',
    ({ field }) => `${field} is described in other words`,
  ),
} as const;

type PayloadCode = keyof typeof PAYLOAD_CODES;

type HeadersCode = PayloadCode extends infer Code
  ? Code extends `payload/${infer What}`
    ? `headers/${What}`
    : never
  : never;

/** Changes of headers: what is said of a payload, said of headers. */
export const HEADERS_CODES = Object.fromEntries(
  Object.entries(PAYLOAD_CODES).map(([code, definition]) => [
    code.replace('payload/', 'headers/'),
    { ...definition, message: (params) => `header ${definition.message(params)}` },
  ]),
) as Readonly<Record<HeadersCode, (typeof PAYLOAD_CODES)[PayloadCode]>>;
