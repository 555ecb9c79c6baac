/** Options of a command line, by their camel-cased names. */
export interface Values {
  /** The file after `--config`, which almost every command takes. */
  readonly config?: string;
  readonly [option: string]: unknown;
}
