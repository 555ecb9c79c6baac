/**
 * What Ajv's standalone code asks for at run time, under one roof, so that whoever uses generated validators
 * installs the runtime and nothing else.
 */
export { fullFormats as formats } from 'ajv-formats/dist/formats.js';
export { default as equal } from 'fast-deep-equal';
export { ucs2length } from './ucs2length.ts';
