/** JSON documents under text ids. */
export interface Documents<T> {
  get(id: string): Promise<T | undefined>;
  /** Adds the document or replaces it. */
  put(id: string, document: T): Promise<void>;
  /** Does nothing when there is none. */
  delete(id: string): Promise<void>;
  /**
   * Up to `limit` of them (all, without a limit) after an id (from the first without one), in the order of their ids (by code
   * point).
   */
  list(page?: DocumentPage): Promise<readonly DocumentEntry<T>[]>;
}

export interface DocumentPage {
  readonly limit?: number | undefined;
  readonly after?: string | undefined;
}

export interface DocumentEntry<T> {
  readonly id: string;
  readonly document: T;
}
