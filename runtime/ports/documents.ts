/** JSON documents under text ids. */
export interface Documents<T> {
  get(id: string): Promise<T | undefined>;
  /** Adds the document or replaces it. */
  put(id: string, document: T): Promise<void>;
  /** Does nothing when there is none. */
  delete(id: string): Promise<void>;
  /** All of them, in the order of their ids (by code unit). */
  list(): Promise<readonly DocumentEntry<T>[]>;
}

export interface DocumentEntry<T> {
  readonly id: string;
  readonly document: T;
}
