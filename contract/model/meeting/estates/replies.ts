import { type Estate, message, pair, v3 } from './documents.ts';

/** Requests and replies. */
export const ESTATES: readonly Estate[] = [
  pair(
    'an answer on an address of its own, received by reply',
    v3({
      send: [
        {
          address: 'ask',
          messages: { Ask: message('ask') },
          reply: { channel: { $ref: '#/channels/answers' } },
        },
      ],
      channels: { answers: { address: 'answers', messages: { Answer: message('answer') } } },
    }),
    v3({
      receive: [
        {
          address: 'ask',
          messages: { Ask: message('ask') },
          reply: { channel: { $ref: '#/channels/back' } },
        },
      ],
      channels: { back: { address: 'answers', messages: { Answer: message('answer') } } },
    }),
    'Ask',
    'billing -> orders Answer',
  ),
  pair(
    'an answer wherever the request says',
    v3({
      send: [
        {
          address: 'ask',
          messages: { Ask: message('ask') },
          reply: {
            address: { location: '$message.header#/replyTo' },
            channel: { $ref: '#/channels/answers' },
          },
        },
      ],
      channels: { answers: { address: null, messages: { Answer: message('answer') } } },
    }),
    v3({
      receive: [
        {
          address: 'ask',
          messages: { Ask: message('ask') },
          reply: {
            address: { location: '$message.header#/replyTo' },
            channel: { $ref: '#/channels/back' },
          },
        },
      ],
      channels: { back: { address: null, messages: { Answer: message('answer') } } },
    }),
    'Ask',
    'billing -> orders Answer',
  ),
  pair(
    'an answer that is received by an operation of its own',
    v3({
      send: [{ address: 'ask', messages: { Ask: message('ask') } }],
      receive: [{ address: 'answers', messages: { Answer: message('answer') } }],
    }),
    v3({
      receive: [
        {
          address: 'ask',
          messages: { Ask: message('ask') },
          reply: { channel: { $ref: '#/channels/back' } },
        },
      ],
      channels: { back: { address: 'answers', messages: { Answer: message('answer') } } },
    }),
    'Ask',
    'billing -> orders Answer',
  ),
  {
    why: 'an answer goes to who asked, though all wait at one address',
    files: Object.fromEntries(
      ['x', 'y'].flatMap((it) => [
        [
          `ask/${it}-asks.yaml`,
          v3({
            send: [
              {
                address: `ask.${it}`,
                messages: { Ask: message('ask') },
                reply: { channel: { $ref: '#/channels/answers' } },
              },
            ],
            channels: { answers: { address: 'answers', messages: { Answer: message('answer') } } },
          }),
        ],
        [
          `know/${it}-knows.yaml`,
          v3({
            receive: [
              {
                address: `ask.${it}`,
                messages: { Ask: message('ask') },
                reply: { channel: { $ref: '#/channels/answers' } },
              },
            ],
            channels: { answers: { address: 'answers', messages: { Answer: message('answer') } } },
          }),
        ],
      ]),
    ),
    edges: [
      'x-asks -> x-knows Ask',
      'x-knows -> x-asks Answer',
      'y-asks -> y-knows Ask',
      'y-knows -> y-asks Answer',
    ],
  },
];
