import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/** The containment engine: a third of the code that `validate` would load, and most documents ask it nothing. */
export function engine(): typeof import('@chirograph/schema/containment') {
  return require('@chirograph/schema/containment');
}
