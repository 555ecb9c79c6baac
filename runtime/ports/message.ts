/** Headers or parameters by their names, where nothing more is known of them. */
export type Texts = Readonly<Record<string, string>>;

/** A message as brokers carry it and stores keep it: bytes, and the few facts needed to route, order and identify it. */
export interface WireMessage {
  /** The message's own id; for a foreign message without one, an id the broker makes that is the same at each redelivery. */
  readonly id: string;
  /** Absent when a foreign producer did not say. */
  readonly name?: string;
  readonly version?: string;
  /** The channel's address, with no parameter left in braces. */
  readonly channel: string;
  /** Messages with the same key keep their order. Absent: no order is promised. */
  readonly key?: string;
  /**
   * What the contract calls the same message: the consumer's inbox goes by it. Brokers never do, for one fact may be
   * published in two versions and on two channels.
   */
  readonly identity?: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Empty where its sender says nothing: it is what the contract says. */
  readonly contentType: string;
  readonly body: Uint8Array;
}

/** A message on its way to the broker. */
export interface OutgoingMessage extends WireMessage {
  /**
   * Names this sending of the message: the outbox row's own id, repeated only when the same row is sent again. A broker
   * that drops duplicates goes by it and by nothing else. Absent: the broker must not drop the message. It is not delivered.
   */
  readonly deduplicationId?: string | undefined;
}
