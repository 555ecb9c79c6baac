import type { Message, Service, Workspace } from '@chirograph/contract/model';
import type { Location } from '@chirograph/schema';
import type { Memo } from './memo.ts';
import type { Names } from './names.ts';

/**
 * What every generator is made of: the interface, the names that code goes by, and source files whose imports follow
 * from what is printed into them.
 */

/** A file to be written. `path` is relative to the output folder, with forward slashes. */
export interface GeneratedFile {
  readonly path: string;
  readonly text: string;
  /** What could not be made, for those who generate. */
  readonly notes?: readonly FileNote[];
}

/** What a file lacks, and the place in the contract that it is about. */
export interface FileNote {
  readonly at: Location;
  readonly message: string;
  readonly fix: string;
}

/** What a generator sees: one domain of a workspace, or one service of it where each has a folder of its own. */
export interface Scope {
  readonly workspace: Workspace;
  readonly domain: string;
  /** Where the files go: `loyalty`, or `loyalty/tier`. */
  readonly folder: string;
  readonly services: readonly Service[];
  /** The messages that one of these services sends or receives, sorted by name, the newest version first. */
  readonly messages: readonly Message[];
  readonly names: Names;
  readonly options: OutputOptions;
  readonly memo: Memo;
}

export interface OutputOptions {
  /** The ending of relative imports: `.ts` for code run as it is or bundled, `.js` for code compiled by tsc. */
  readonly importExtension: '.ts' | '.js';
  /** A folder for each domain (the default), or below it one for each service with only what that sends and receives. */
  readonly layout?: 'domain' | 'service';
  /** What text of format `date-time` is in code. Default: `text`, as on the wire. */
  readonly dates?: 'text' | 'Date';
  /** Whether a named schema of ids is a type that other text does not fit. Default: `text`. */
  readonly ids?: 'text' | 'branded';
  /** From the output folder to the folder that the contracts' paths are relative to. Default: `..`. */
  readonly toRoot?: string;
}

/** A pure function from contracts to source files. One scope's files never depend on another's. */
export interface Generator {
  readonly name: string;
  /** The generators whose files this one's import. */
  readonly needs?: readonly string[];
  /**
   * Changes whenever the generator does, so that what it made before can stand until then. Ours change with the tool;
   * without one, a generator of yours runs each time.
   */
  readonly version?: string;
  readonly generate: (scope: Scope) => GeneratedFile[] | Promise<GeneratedFile[]>;
}
