import { EDGES } from './edges.ts';
import { MESSAGES_2 } from './messages-2.ts';
import { REFERENCES } from './references.ts';
import { RULES_2 } from './rules-2.ts';
import { YAML } from './yaml.ts';

/** Documents on the edge of the standard, by what is in question. */
export const CASES: readonly (readonly [string, string])[] = [
  EDGES,
  MESSAGES_2,
  REFERENCES,
  RULES_2,
  YAML,
].flatMap((it) => Object.entries(it));
