import type { Files } from '../documents.ts';

/** Two states of an estate, and whom the change between them affects. */
export interface ChangedEstate {
  readonly why: string;
  readonly base: Files;
  /** By place: `a/orders.yaml#/channels/c0/address`, or the file alone; what stands there then. */
  readonly edit: Readonly<Record<string, unknown>>;
  /** The services that are named, and no others. */
  readonly affected: readonly string[];
}

/** What is taken away. */
export const GONE = null;

type Row = (why: string, base: Files, edit: ChangedEstate['edit'], affected: readonly string[]) => void;

export function rowsOf(write: (row: Row) => void): readonly ChangedEstate[] {
  const rows: ChangedEstate[] = [];
  write((why, base, edit, affected) => rows.push({ why, base, edit, affected }));
  return rows;
}
