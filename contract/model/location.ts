/**
 * The model: what a workspace of contracts says, as plain, readonly, serialisable data. Nodes refer to one another by
 * id, never by pointer. AsyncAPI's versions end at the loader; nothing here or later knows of them.
 */

/**
 * Where a node is written: a file of the workspace and a JSON Pointer into it. Line and column are found from these
 * when a finding is shown (`locate` in `contract/source`).
 */
export interface Location {
  /** Relative to the workspace root, with forward slashes. */
  readonly file: string;
  readonly pointer: string;
}

/** A node's id is where it is written: `specs/shop/order.asyncapi.yaml#/channels/orderPlaced`. */
export type NodeId = string;

/** The id of what is written at a location. */
export function nodeId({ file, pointer }: Location): NodeId {
  return `${file}#${pointer}`;
}
