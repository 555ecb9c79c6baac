/** Small estates and the edges in them: what the meeting is measured by. */
export interface Estate {
  readonly why: string;
  readonly files: Readonly<Record<string, string>>;
  /** `sender -> reader message`, the message by its key in the reader's document. */
  readonly edges: readonly string[];
}

type Json = { readonly [key: string]: unknown };

export const object = (
  properties: Json = { id: { type: 'string' } },
  required: readonly string[] = [],
): Json => ({
  type: 'object',
  properties,
  ...(required.length > 0 && { required }),
});

/** A message by its name, or with none where that is ''. */
export const message = (name: string, more: Json = {}): Json => ({
  ...(name !== '' && { name }),
  payload: object(),
  ...more,
});

interface Way {
  readonly address?: string | null;
  readonly messages?: Json;
  readonly ref?: string;
  readonly more?: Json;
  /** The keys of the messages that the operation chooses. */
  readonly only?: readonly string[];
  readonly reply?: Json;
}

interface Parts {
  readonly send?: readonly Way[];
  readonly receive?: readonly Way[];
  readonly servers?: Json;
  readonly components?: Json;
  /** Channels that only replies use. */
  readonly channels?: Json;
}

export const FOREIGN_KEYS = Object.fromEntries(
  ['注文', '配達', '---', '🎉'].map((it) => [it, { payload: { type: 'object' } }]),
);

/** A document of AsyncAPI 3: a channel and an operation for each way. */
export function v3({ send = [], receive = [], servers, components, channels: more = {} }: Parts): string {
  const ways = [
    ...send.map((it) => ({ ...it, action: 'send' })),
    ...receive.map((it) => ({ ...it, action: 'receive' })),
  ];
  const channels = ways.map(({ address, messages, ref, more: rest }, index): [string, Json] => [
    `c${index}`,
    ref === undefined ? { address, ...(messages && { messages }), ...rest } : { $ref: ref },
  ]);
  const operations = ways.map(({ action, only, reply }, index): [string, Json] => [
    `${action}${index}`,
    {
      action,
      channel: { $ref: `#/channels/c${index}` },
      ...(only && { messages: only.map((it) => ({ $ref: `#/channels/c${index}/messages/${it}` })) }),
      ...(reply && { reply }),
    },
  ]);
  return JSON.stringify({
    asyncapi: '3.0.0',
    info: { title: 'A', version: '1.0.0' },
    ...(servers && { servers }),
    channels: { ...Object.fromEntries(channels), ...more },
    operations: Object.fromEntries(operations),
    ...(components && { components }),
  });
}

/** A document of AsyncAPI 2: what others publish, it receives. */
export function v2(
  channels: Readonly<
    Record<string, { readonly sends?: Json; readonly receives?: Json; readonly more?: Json }>
  >,
  more: Json = {},
): string {
  return JSON.stringify({
    asyncapi: '2.6.0',
    info: { title: 'A', version: '1' },
    ...more,
    channels: Object.fromEntries(
      Object.entries(channels).map(([address, { sends, receives, more: rest }]) => [
        address,
        {
          ...rest,
          ...(sends && { subscribe: { message: sends } }),
          ...(receives && { publish: { message: receives } }),
        },
      ]),
    ),
  });
}

export const placed = { OrderPlaced: message('order.placed') };
export const cancelled = { OrderCancelled: message('order.cancelled') };
export const kafka = (host: string): Json => ({ main: { host, protocol: 'kafka' } });

export const sending = (messages: Json, address = 'orders', more: Json = {}): string =>
  v3({ send: [{ address, messages, more }] });
export const receiving = (messages: Json, address = 'orders', more: Json = {}): string =>
  v3({ receive: [{ address, messages, more }] });

/** One sender and one reader, written each for itself. */
export const pair = (why: string, sender: string, reader: string, ...edges: readonly string[]): Estate => ({
  why,
  files: { 'shop/orders.yaml': sender, 'shop/billing.yaml': reader },
  edges: edges.map((it) => (it.includes('->') ? it : `orders -> billing ${it}`)),
});

export const NO_EDGE: readonly string[] = [];

/** A host whose variable lists its values. */
export const staged: Json = {
  main: {
    host: '{stage}.example.com:9092',
    protocol: 'kafka',
    variables: { stage: { enum: ['dev', 'prod'] } },
  },
};

export const exchange = (name: string): Json => ({
  bindings: { amqp: { is: 'routingKey', exchange: { name, type: 'topic' } } },
});

export const type = (value: unknown, name = 'type'): Json => ({ payload: object({ [name]: value }) });
export const versioned = (name: string, version: string): Json =>
  message(name, { 'x-contract': { version } });
