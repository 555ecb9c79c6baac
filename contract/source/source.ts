/**
 * Source is the floor under the model: text, the value it denotes, and where each part of the value stands.
 * Values are parsed at once; positions only when somebody asks for one.
 */

/** One file of the workspace as it was read. `file` is relative to the workspace root, with forward slashes. */
export interface Source {
  readonly file: string;
  readonly text: string;
}
