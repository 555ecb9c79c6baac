/**
 * The formats of ajv-formats in full, by name: regular expressions, functions, and objects with `validate`. On their own,
 * so that only who needs one of them pays for them (8 kB); most messages need a moment alone, which `moments.ts` has.
 */
export { fullFormats as formats } from 'ajv-formats/dist/formats.js';
