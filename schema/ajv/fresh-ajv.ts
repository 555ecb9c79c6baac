import type { Ajv } from 'ajv';

/** An Ajv keeps what it compiled for as long as it lives, so that after so many schemas a new one takes its place. */
const SCHEMAS_EACH = 50;

/** An Ajv for each key, made when it is asked for and made anew when it has been handed out often. */
export function createAjvs(create: (key: string) => Ajv): (key: string) => Ajv {
  const known = new Map<string, { readonly ajv: Ajv; left: number }>();
  return (key) => {
    let entry = known.get(key);
    if (entry === undefined || entry.left === 0) {
      entry = { ajv: create(key), left: SCHEMAS_EACH };
      known.set(key, entry);
    }
    entry.left -= 1;
    return entry.ajv;
  };
}
