/**
 * What Ajv's standalone code asks for at run time, under one roof, so that code which uses generated validators
 * installs the runtime and nothing else. What of the formats is not here is in `formats.ts`.
 */
export { default as equal } from 'fast-deep-equal';
export { isMultipleOf } from './is-multiple-of.ts';
export { dateFormat, dateTimeFormat, timeFormat } from './moments.ts';
export { ucs2length } from './ucs2length.ts';
