import { message, number, object, receiving, text, version3 } from '../documents.ts';
import { type ChangedEstate, GONE, rowsOf } from './row.ts';

/** Requests and replies. */
export const ESTATES: readonly ChangedEstate[] = rowsOf((row) => {
  row(
    'reply changes: the asker is named',
    {
      'a/asks.yaml': version3(
        [
          {
            do: 'send',
            address: 'ask',
            messages: { Ask: message('ask', object({ q: text })) },
            reply: { channel: { $ref: '#/channels/ans' } },
          },
        ],
        {
          channels: {
            ans: { address: 'ans', messages: { Answer: message('answer', object({ a: number }, ['a'])) } },
          },
        },
      ),
      'a/knows.yaml': version3(
        [
          {
            do: 'receive',
            address: 'ask',
            messages: { Ask: message('ask', object({ q: text })) },
            reply: { channel: { $ref: '#/channels/ans' } },
          },
        ],
        {
          channels: {
            ans: { address: 'ans', messages: { Answer: message('answer', object({ a: number }, ['a'])) } },
          },
        },
      ),
      'b/other.yaml': receiving({ Answer: message('answer', object({ a: number }, ['a'])) }, 'elsewhere'),
    },
    { 'a/knows.yaml#/channels/ans/messages/Answer/payload/properties/a/type': 'string' },
    ['asks'],
  );
  row(
    'request narrowed by the one that answers',
    {
      'a/asks.yaml': version3(
        [
          {
            do: 'send',
            address: 'ask',
            messages: { Ask: message('ask', object({ q: text })) },
            reply: { channel: { $ref: '#/channels/ans' } },
          },
        ],
        {
          channels: {
            ans: { address: 'ans', messages: { Answer: message('answer', object({ a: number }, ['a'])) } },
          },
        },
      ),
      'a/knows.yaml': version3(
        [
          {
            do: 'receive',
            address: 'ask',
            messages: { Ask: message('ask', object({ q: text })) },
            reply: { channel: { $ref: '#/channels/ans' } },
          },
        ],
        {
          channels: {
            ans: { address: 'ans', messages: { Answer: message('answer', object({ a: number }, ['a'])) } },
          },
        },
      ),
    },
    { 'a/knows.yaml#/channels/c0/messages/Ask/payload/required': ['q'] },
    ['asks', 'knows'],
  );
  row(
    'two who answer one question, two who ask',
    {
      'a/asks.yaml': version3(
        [
          {
            do: 'send',
            address: 'ask',
            messages: { Ask: message('ask', object({ q: text })) },
            reply: { address: { location: '$message.header#/replyTo' }, channel: { $ref: '#/channels/ans' } },
          },
        ],
        {
          channels: {
            ans: { address: null, messages: { Answer: message('answer', object({ a: number }, ['a'])) } },
          },
        },
      ),
      'a/asks2.yaml': version3(
        [
          {
            do: 'send',
            address: 'ask',
            messages: { Ask: message('ask', object({ q: text })) },
            reply: { address: { location: '$message.header#/replyTo' }, channel: { $ref: '#/channels/ans' } },
          },
        ],
        { channels: { ans: { address: null, messages: { Answer: message('answer', object({})) } } } },
      ),
      'a/knows.yaml': version3(
        [
          {
            do: 'receive',
            address: 'ask',
            messages: { Ask: message('ask', object({ q: text })) },
            reply: { address: { location: '$message.header#/replyTo' }, channel: { $ref: '#/channels/ans' } },
          },
        ],
        {
          channels: {
            ans: { address: null, messages: { Answer: message('answer', object({ a: number }, ['a'])) } },
          },
        },
      ),
    },
    { 'a/knows.yaml#/channels/ans/messages/Answer/payload/properties/a/type': 'string' },
    ['asks'],
  );
  row(
    'an answerer stops answering',
    {
      'a/asks.yaml': version3(
        [
          {
            do: 'send',
            address: 'ask',
            messages: { Ask: message('ask', object({ q: text })) },
            reply: { channel: { $ref: '#/channels/ans' } },
          },
        ],
        {
          channels: {
            ans: { address: 'ans', messages: { Answer: message('answer', object({ a: number }, ['a'])) } },
          },
        },
      ),
      'a/knows.yaml': version3(
        [
          {
            do: 'receive',
            address: 'ask',
            messages: { Ask: message('ask', object({ q: text })) },
            reply: { channel: { $ref: '#/channels/ans' } },
          },
        ],
        {
          channels: {
            ans: { address: 'ans', messages: { Answer: message('answer', object({ a: number }, ['a'])) } },
          },
        },
      ),
    },
    { 'a/knows.yaml#/operations/receive0/reply': GONE },
    ['asks'],
  );
  row(
    'a reply moves to another address',
    {
      'a/asks.yaml': version3(
        [
          {
            do: 'send',
            address: 'ask',
            messages: { Ask: message('ask', object({ q: text })) },
            reply: { channel: { $ref: '#/channels/ans' } },
          },
        ],
        {
          channels: {
            ans: { address: 'ans', messages: { Answer: message('answer', object({ a: number }, ['a'])) } },
          },
        },
      ),
      'a/knows.yaml': version3(
        [
          {
            do: 'receive',
            address: 'ask',
            messages: { Ask: message('ask', object({ q: text })) },
            reply: { channel: { $ref: '#/channels/ans' } },
          },
        ],
        {
          channels: {
            ans: { address: 'ans', messages: { Answer: message('answer', object({ a: number }, ['a'])) } },
          },
        },
      ),
    },
    { 'a/knows.yaml#/channels/ans/address': 'other' },
    ['asks'],
  );
  row(
    'a reply gets a field that one of two who ask refuses',
    {
      'a/strict.yaml': version3(
        [
          {
            do: 'send',
            address: 'ask',
            messages: { Ask: message('ask', object({})) },
            reply: { channel: { $ref: '#/channels/a' } },
          },
        ],
        {
          channels: {
            a: {
              address: 'ans',
              messages: { A: message('answer', object({ a: number }, [], { additionalProperties: false })) },
            },
          },
        },
      ),
      'a/loose.yaml': version3(
        [
          {
            do: 'send',
            address: 'ask',
            messages: { Ask: message('ask', object({})) },
            reply: { channel: { $ref: '#/channels/a' } },
          },
        ],
        { channels: { a: { address: 'ans', messages: { A: message('answer', object({ a: number })) } } } },
      ),
      'b/knows.yaml': version3(
        [
          {
            do: 'receive',
            address: 'ask',
            messages: { Ask: message('ask', object({})) },
            reply: { channel: { $ref: '#/channels/a' } },
          },
        ],
        { channels: { a: { address: 'ans', messages: { A: message('answer', object({ a: number })) } } } },
      ),
    },
    { 'b/knows.yaml#/channels/a/messages/A/payload/properties/b': text },
    ['strict'],
  );
});
