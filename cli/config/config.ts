import type { Severities } from '@chirograph/contract/lint';

/** What `chirograph.config.ts` says. Every path is relative to the folder that the config stands in. */
export interface Config {
  /** Files and folders of contracts. Default: `specs`. */
  readonly specs?: string | readonly string[];
  /** Where generated code goes, a folder per domain. Default: `generated`. */
  readonly output?: string;
  /** The ending of relative imports in generated code. Default: `.ts`; `.js` for code that tsc compiles to a folder. */
  readonly importExtension?: '.ts' | '.js';
  readonly lint?: {
    /** Another severity for a code, or `off`. */
    readonly severities?: Severities;
  };
}

/** Gives a config its type. */
export function defineConfig(config: Config): Config {
  return config;
}
