import { expect, it } from 'vitest';
import { ContractViolationError } from './contract/index.ts';
import {
  HandlerTimeoutError,
  MessageTooLargeError,
  UnknownOutcomeError,
  UnreadableEventError,
} from './index.ts';

const message = {
  id: '1',
  channel: 'c',
  headers: {},
  contentType: 'application/json',
  body: new Uint8Array(),
};
const stored = {
  position: 7,
  stream: 's-1',
  version: 3,
  event: { type: 'opened' },
  data: {},
  at: 0,
};

it.each([
  [
    new ContractViolationError('a 1.0', [{ path: [], message: 'is no text' } as never]),
    'ContractViolationError',
    'contract-violation',
  ],
  [new HandlerTimeoutError(5), 'HandlerTimeoutError', 'handler-timeout'],
  [new MessageTooLargeError(message, 2, 1), 'MessageTooLargeError', 'message-too-large'],
  [new UnknownOutcomeError('t', undefined), 'UnknownOutcomeError', 'unknown-outcome'],
  [new UnreadableEventError(stored as never, 'broken'), 'UnreadableEventError', 'unreadable-event'],
])('%s has a name and a code that programs can go by', (error, name, code) => {
  expect(error).toBeInstanceOf(Error);
  expect({ name: error.name, code: error.code }).toEqual({ name, code });
});
