import type { Generator } from './source/generator.ts';
import { types } from './types/types.ts';

/** Every generator of ours. */
export const GENERATORS: readonly Generator[] = [types];
