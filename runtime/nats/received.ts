import type { Msg, MsgHdrs } from '@nats-io/transport-node';

/** A message as it was delivered this time. */
export interface Received {
  readonly subject: string;
  readonly data: Uint8Array;
  readonly headers?: MsgHdrs | undefined;
  readonly stream: string;
  /** Its place in the stream. */
  readonly seq: number;
  /** Counts the deliveries of its consumer, without gaps. */
  readonly delivery: number;
  ack(): void;
  /** Gives it back, to be delivered again at once. */
  nak(): void;
  /** Says that it is being worked on. */
  working(): void;
  /** It is never to be delivered again. */
  term(): void;
}

const PREFIX = '$JS.ACK.';
const ACK = new TextEncoder().encode('+ACK');
const NAK = new TextEncoder().encode('-NAK');
const WORKING = new TextEncoder().encode('+WPI');
const TERM = new TextEncoder().encode('+TERM');

/** `undefined` for what is no message of a stream: the server says something about the request. */
export function receivedFrom(message: Msg): Received | undefined {
  const { reply = '' } = message;
  if (!reply.startsWith(PREFIX)) return undefined;
  // $JS.ACK.<stream>.<consumer>.<count>.<stream seq>.<consumer seq>.<time>.<pending>; since 2.8 it may have
  // <domain>.<account> before the stream, and a token more at the end.
  const tokens = reply.split('.');
  const first = tokens.length === 9 ? 2 : 4;
  function respond(answer: Uint8Array): void {
    try {
      message.respond(answer);
    } catch {
      // The connection is closed for good, and with it all that was under way is void: the server delivers it again.
    }
  }
  return {
    subject: message.subject,
    data: message.data,
    headers: message.headers,
    stream: tokens[first] ?? '',
    seq: Number(tokens[first + 3]),
    delivery: Number(tokens[first + 4]),
    ack: () => respond(ACK),
    nak: () => respond(NAK),
    working: () => respond(WORKING),
    term: () => respond(TERM),
  };
}
