import type { Location } from '@chirograph/schema';

/**
 * The model: what a workspace of contracts says, as plain, readonly, serialisable data. Nodes refer to one another by
 * id, never by pointer. AsyncAPI's versions end at the loader; nothing here or later knows of them.
 */

/** A node's id is where it is written: `specs/shop/order.asyncapi.yaml#/channels/orderPlaced`. */
export type NodeId = string;

/** The id of what is written at a location. */
export function nodeId({ file, pointer }: Location): NodeId {
  return `${file}#${pointer}`;
}
