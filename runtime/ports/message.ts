/** Headers or parameters by their names, where nothing more is known of them. */
export type Texts = Readonly<Record<string, string>>;

/** A message as brokers carry it and stores keep it: bytes, and the few facts needed to route, order and recognise it. */
export interface WireMessage {
  /** The message's own id; for a foreign message without one, an id the broker makes that is the same at each redelivery. */
  readonly id: string;
  /** Absent when a foreign producer did not say. */
  readonly name?: string;
  readonly version?: string;
  /** The channel's address, with nothing left in braces. */
  readonly channel: string;
  /** Messages with the same key keep their order. Absent: no order is promised. */
  readonly key?: string;
  /** What the contract calls the same message; brokers that drop duplicates go by it, else by `id`. */
  readonly identity?: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly contentType: string;
  readonly body: Uint8Array;
}
