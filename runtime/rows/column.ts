/** A row as a store's driver answers with it: text, integers as numbers, bytes, `null`. */
export type Row = Readonly<Record<string, unknown>>;

/** Reads columns as what the schema says they are. Each throws when the row says otherwise: then the store is not ours. */
export function text(row: Row, column: string): string {
  const value = row[column];
  if (typeof value !== 'string') throw new Error(`column ${column} should hold text`);
  return value;
}

export function optionalText(row: Row, column: string): string | undefined {
  return row[column] === null ? undefined : text(row, column);
}

export function integer(row: Row, column: string): number {
  const value = row[column];
  if (typeof value !== 'number') throw new Error(`column ${column} should hold an integer`);
  return value;
}

export function bytes(row: Row, column: string): Uint8Array {
  const value = row[column];
  if (!(value instanceof Uint8Array)) throw new Error(`column ${column} should hold bytes`);
  return value;
}
