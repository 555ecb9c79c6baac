/**
 * What Ajv's standalone code asks for at run time, under one roof, so that whoever uses generated validators
 * installs the runtime and nothing else.
 */
export { default as equal } from 'fast-deep-equal';
export { formats } from './formats.ts';
export { ucs2length } from './ucs2length.ts';
