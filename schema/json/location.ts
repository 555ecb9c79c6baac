/**
 * Where a value is written: a file of the workspace and a JSON Pointer into it. Line and column are found from these
 * when a diagnostic is printed.
 */
export interface Location {
  /** Relative to the workspace root, with forward slashes. */
  readonly file: string;
  readonly pointer: string;
}
