export { countDecimals } from './count-decimals.ts';
export { createAjvs } from './fresh-ajv.ts';
