/** Validators by Ajv, which read a schema as its dialect does. */
export { asAjvReads } from './as-ajv-reads.ts';
export { compileSchema, type Purpose } from './compile.ts';
export { createAjv } from './create-ajv.ts';
