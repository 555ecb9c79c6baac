export { createAjvs } from './fresh-ajv.ts';
