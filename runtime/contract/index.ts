/**
 * The floor that generated contracts stand on: facts and pure functions, nothing of Node, so that a browser
 * or an edge worker may check messages with the same code.
 */
export type { Texts } from '../ports/message.ts';
export { bytesWithin } from './bytes-within.ts';
export { bytesCodec, type Codec, codecOf, isJson, textCodec } from './codec.ts';
export type { CodecFor } from './codec-for.ts';
export { identityOf } from './identity-of.ts';
export type {
  Constant,
  DatesOf,
  Envelope,
  HeadersContract,
  MessageContract,
  MessageKind,
  ParameterContract,
  RetrySchedule,
} from './message-contract.ts';
export { orderingKeyOf } from './ordering-key-of.ts';
export { addressFor, type ParametersRead, readParameters } from './parameters.ts';
export { type HeadersRead, readHeaders } from './parse-headers.ts';
export { parseAs, parseWith } from './parse-with.ts';
export { type MessageParts, type Part, readPart, readText, writePayload } from './part.ts';
export {
  type StandardSchemaIssue,
  type StandardSchemaProps,
  type StandardSchemaResult,
  type StandardSchemaV1,
  type StandardValidator,
  standardValidator,
} from './standard-schema.ts';
export type { Unsent, UnsentOneOf } from './unsent.ts';
export type { SchemaError, Validator } from './validator.ts';
export { ContractViolationError, type Violation } from './violation.ts';
export { violationsOf } from './violations-of.ts';
export type { Brand, Wire } from './wire.ts';
