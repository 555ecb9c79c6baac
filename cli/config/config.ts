import type { Policy } from '@chirograph/compat';
import type { RuleCode } from '@chirograph/contract/diagnostics';
import type { Preset, Severities, UserRule } from '@chirograph/contract/lint';
import type { Generator, GeneratorName } from '@chirograph/generators';
import type { NeighbourConfig } from './neighbour.ts';

/** What `chirograph.config.ts` says. Every path is relative to the folder that the config stands in. */
export interface Config {
  /** Files and folders of contracts. Default: `specs`. */
  readonly specs?: string | readonly string[];
  /** Where generated code goes, a folder per domain. Default: `generated`. */
  readonly output?: string;
  /** The ending of relative imports in generated code. Default: `.ts`; `.js` for code that tsc compiles to a folder. */
  readonly importExtension?: '.ts' | '.js';
  /**
   * `domain` (the default): a folder for each domain. `service`: below it a folder for each service, with only what that
   * sends and receives, so that a team imports its own folder and nothing else.
   */
  readonly layout?: 'domain' | 'service';
  /** What text of format `date-time` is in code. The wire stays text. Default: `text`. */
  readonly dates?: 'text' | 'Date';
  /** `branded`: named schemas of ids are types that other text does not fit. The wire stays text. Default: `text`. */
  readonly ids?: 'text' | 'branded';
  /** What to generate: ours by name, others as they are. Default: all of ours that are TypeScript. See docs/generate.md. */
  readonly generators?: readonly (GeneratorName | Generator)[];
  /** What one domain wants otherwise, by its name. */
  readonly domains?: Readonly<Record<string, DomainConfig>>;
  /** How single documents are read, by a file, a folder or a pattern, relative to the config. */
  readonly documents?: Readonly<Record<string, DocumentConfig>>;
  readonly lint?: {
    /** Default: `recommended`. */
    readonly preset?: Preset;
    /** Another severity for a code, or `off`; goes beyond the preset. */
    readonly severities?: Severities;
    /** Rules of your own: functions over the model. */
    readonly rules?: readonly UserRule[];
    /** Findings that are accepted in some files or in a domain, each with the reason. At one place: `x-contract-ignore`. */
    readonly ignore?: readonly IgnoredFindings[];
    /** A file of findings that are accepted (`chirograph validate --update-baseline` writes it). */
    readonly baseline?: string;
  };
  readonly compat?: CompatConfig;
  readonly catalog?: CatalogConfig;
  /**
   * Whether references to the network are followed, as with `--remote`; a list of URLs allows what begins with one of them.
   * Default: false. See docs/references.md.
   */
  readonly remote?: boolean | readonly string[];
  /**
   * Contracts of other repositories that count for who sends and receives what: folders beside the config, or repositories
   * (`ref`: HEAD, `path`: all). Read only, and pinned in `chirograph.lock`. See docs/neighbours.md.
   */
  readonly neighbours?: readonly NeighbourConfig[];
}

/** Findings of one code that are accepted: in files, in a domain, or in those of its files. */
export interface IgnoredFindings {
  readonly code: RuleCode;
  /** A file, a folder or a pattern, relative to the config. */
  readonly files?: string;
  readonly domain?: string;
  readonly reason: string;
}

/** How a document is read. */
export interface DocumentConfig {
  /**
   * Of AsyncAPI 2. `client`: the document says what its author does, and `publish` is what it sends. By the standard, and by
   * default, `publish` is what others may send to it.
   */
  readonly perspective?: 'client';
}

/** What one domain wants otherwise. */
export interface DomainConfig extends DocumentConfig {
  readonly generators?: readonly (GeneratorName | Generator)[];
  readonly importExtension?: '.ts' | '.js';
  readonly layout?: 'domain' | 'service';
  readonly dates?: 'text' | 'Date';
  readonly ids?: 'text' | 'branded';
}

/** What `chirograph catalog` shows, where its options do not say otherwise. See docs/catalog.md. */
export interface CatalogConfig {
  /** The title of the site. Default: `Event catalog`. */
  readonly title?: string;
  /** Where `build` writes the site. Default: `public`. */
  readonly out?: string;
  /** A folder of your own pages, in markdown. Default: `catalog-pages`, where there is one. */
  readonly pages?: string;
  /** The releases that are compared, the newest first: whatever `--against` takes. */
  readonly releases?: readonly string[];
}

/** By what `chirograph compat` judges. See docs/compat.md. */
export interface CompatConfig extends Omit<Policy, 'approvals' | 'today'> {
  /** What to compare with where `--against` is not given. */
  readonly against?: string;
  /** The tags that the transitive modes look back through, as `git tag --list` takes it. Default: `v*`. */
  readonly tags?: string;
  /** The releases that the transitive modes look back through in place of tags: whatever `--against` takes. */
  readonly versions?: readonly string[];
  /** The file of approvals. Default: `chirograph.approvals.json`. */
  readonly approvals?: string;
}

/** Gives a config its type. */
export function defineConfig(config: Config): Config {
  return config;
}
