/**
 * Estates: a few documents that know of each other only by what is on the wire, one change, and whom it affects.
 */
type Json = { readonly [key: string]: unknown };

/** AsyncAPI documents by their files. */
export type Files = Readonly<Record<string, Json>>;

export const text = { type: 'string' };
export const number = { type: 'number' };
export const integer = { type: 'integer' };

export function object(properties: Json, required: readonly string[] = [], more: Json = {}): Json {
  return { type: 'object', properties, required, ...more };
}

/** A message by its name, or with none where that is ''. */
export function message(name: string, payload: unknown, more: Json = {}): Json {
  return { ...(name !== '' && { name }), payload, ...more };
}

/** What most estates send. */
export const full = object({ id: text, total: number, note: text }, ['id', 'total']);

export function placed(payload: unknown): Json {
  return { OrderPlaced: message('order.placed', payload) };
}

/** A channel and what is done with it. */
interface Way {
  readonly do: 'send' | 'receive';
  readonly address?: string;
  readonly messages?: Json;
  /** In place of all that: the channel of another document. */
  readonly ref?: string;
  readonly more?: Json;
  /** The keys of the messages that the operation chooses. */
  readonly only?: readonly string[];
  readonly reply?: Json;
}

interface Parts {
  readonly channels?: Json;
  /** In place of those of the ways. */
  readonly operations?: Json;
  readonly servers?: Json;
  readonly components?: Json;
}

/** A document of AsyncAPI 3: channels `c0`, `c1`, and operations `send0`, `receive1`. */
export function version3(ways: readonly Way[], { channels, ...parts }: Parts = {}): Json {
  const own = ways.map(({ ref, address = 'orders', messages, more }, index) => [
    `c${index}`,
    ref === undefined ? { address, messages, ...more } : { $ref: ref },
  ]);
  const operations = ways.map(({ do: action, only, reply }, index) => [
    `${action}${index}`,
    {
      action,
      channel: { $ref: `#/channels/c${index}` },
      ...(only && { messages: only.map((it) => ({ $ref: `#/channels/c${index}/messages/${it}` })) }),
      ...(reply && { reply }),
    },
  ]);
  return {
    asyncapi: '3.0.0',
    info: { title: 'T', version: '1.0.0' },
    channels: { ...Object.fromEntries(own), ...channels },
    operations: Object.fromEntries(operations),
    ...parts,
  };
}

export function version2(channels: Json, more: Json = {}): Json {
  return { asyncapi: '2.6.0', info: { title: 'T', version: '1.0.0' }, channels, ...more };
}

export function sending(messages: Json, address = 'orders', more: Json = {}): Json {
  return version3([{ do: 'send', address, messages, more }]);
}

export function receiving(messages: Json, address = 'orders', more: Json = {}): Json {
  return version3([{ do: 'receive', address, messages, more }]);
}

/** A sender and two readers with copies of their own, which read less. */
export const three = () => ({
  'a/orders.yaml': sending(placed(full)),
  'b/billing.yaml': receiving(placed(object({ id: text, total: number }, ['id', 'total']))),
  'c/mail.yaml': receiving(placed(object({ id: text }, ['id']))),
});
