/** Text from standard input. */
export interface Stdin {
  readonly text: string;
  /** The file that the text stands for, relative to the current folder. */
  readonly file?: string;
}
