/**
 * The runtime under generated event code. Two ports (publisher, subscriber) and a store; everything else
 * decorates them: producers and the outbox in front of a broker, consumers with inbox, retry and dead letters
 * behind one.
 */

export { acceptBinaryMode, binaryMode, toBinary, toStructured } from './cloudevents/binary-mode.ts';
export { type Consumer, type ConsumerOptions, createConsumer } from './consumer/create-consumer.ts';
export { type Decoded, decodeBody, decodeJson } from './consumer/decode.ts';
export {
  type BatchHandler,
  type BatchItem,
  type Handler,
  type HandlerContext,
  inBatches,
  type Older,
  type Received,
  type Receiver,
  receive,
} from './consumer/receive.ts';
export { HandlerTimeoutError } from './consumer/time-limit.ts';
export * from './contract/index.ts';
export { standardSchema } from './contract/standard-schema.ts';
export {
  type DeadLetter,
  type DeadLetterFilter,
  type DeadLetters,
  type DeadLettersOptions,
  deadLetters,
  type WholeDeadLetter,
} from './dead-letters/dead-letters.ts';
export { type Claims, claims } from './event-sourcing/claims.ts';
export { type Decider, fold, isRefusal, type Refusal, refuse } from './event-sourcing/decider.ts';
export { derivedId } from './event-sourcing/derived-id.ts';
export {
  type CommandSource,
  type Entities,
  type EntitiesOptions,
  entities,
} from './event-sourcing/entities.ts';
export {
  contractEvent,
  type DataEventOptions,
  dataEvent,
  type EventCheck,
  type EventSchema,
  type EventType,
  eventSchema,
  type OlderShape,
  olderData,
  olderShape,
  UnreadableEventError,
} from './event-sourcing/event-schema.ts';
export { type CommandContext, type Outcome, outcomeOf, within } from './event-sourcing/outcome.ts';
export { type ReplayOptions, replay } from './event-sourcing/replay.ts';
export {
  type Decided,
  type DecideOptions,
  type PublishContext,
  type Repository,
  type RepositoryOptions,
  repository,
  type StoredForm,
} from './event-sourcing/repository.ts';
export type { SnapshotOptions } from './event-sourcing/snapshots.ts';
export { MessageTooLargeError, type OutboxOptions, outbox } from './outbox/outbox.ts';
export { type Relay, type RelayOptions, relay } from './outbox/relay.ts';
export { ERASED } from './personal-data/erased.ts';
export {
  erasePersonalData,
  type PersonalDataOptions,
  personalData,
} from './personal-data/personal-data.ts';
export { isWord, namesIn, readAddress, writeAddress } from './ports/address.ts';
export type { Broker } from './ports/broker.ts';
export { type Cause, CORRELATION_HEADER } from './ports/cause.ts';
export { type Cancel, type Clock, systemClock } from './ports/clock.ts';
export { deliverEach } from './ports/deliver-each.ts';
export type { DocumentEntry, DocumentPage, Documents } from './ports/documents.ts';
export type {
  Appended,
  AppendOptions,
  DomainEvent,
  EventStreams,
  LoadOptions,
  Position,
  ReadAllOptions,
  StoredEvent,
} from './ports/event-streams.ts';
export type { Health } from './ports/health.ts';
export { type InboxRows, LONGEST_STEP, type PruneOptions } from './ports/inbox-rows.ts';
export type { Fence, HeldLease, LeaseRequest, Leases } from './ports/leases.ts';
export type { OutgoingMessage, Texts, WireMessage } from './ports/message.ts';
export type { OutboxDepth, OutboxPage, OutboxRow, OutboxRows } from './ports/outbox-rows.ts';
export type {
  DeadLetterReason,
  Failure,
  FailureViolation,
  ParkedCount,
  ParkedFilter,
  ParkedMessage,
  ParkedMessages,
  ParkedState,
  ParkedSummary,
} from './ports/parked-messages.ts';
export { OUTBOX } from './ports/parked-messages.ts';
export { publishAll } from './ports/publish-all.ts';
export type { Publisher, PublishLimits, PublishOptions, PublishOutcome } from './ports/publisher.ts';
export { sizeOf } from './ports/size-of.ts';
export {
  type JoinedTransaction,
  type JoinsTransactions,
  type PendingWork,
  type Store,
  type Transaction,
  UnknownOutcomeError,
} from './ports/store.ts';
export type {
  Deliver,
  DeliverContext,
  DeliveryOutcome,
  StopOptions,
  Subscriber,
  Subscription,
  SubscriptionOptions,
} from './ports/subscriber.ts';
export type { Timer, Timers } from './ports/timers.ts';
export { type DeadlineOptions, type Deadlines, deadlines } from './process/deadlines.ts';
export { type EntityDeadlines, entityDeadlines } from './process/entity-deadlines.ts';
export {
  type DispatchContext,
  type ProcessManager,
  type ProcessManagerOptions,
  processManager,
  type Reaction,
} from './process/process-manager.ts';
export {
  createProducer,
  type ProducerOptions,
  type Send,
  type SendOptions,
  type SendOptionsWith,
} from './producer/create-producer.ts';
export type { Generation } from './projections/generations.ts';
export { projection } from './projections/projection.ts';
export type {
  KeepOptions,
  Projection,
  ProjectionData,
  ProjectionOptions,
  ProjectionWorker,
  ReadModel,
} from './projections/projection-options.ts';
export { type ProjectionStatus, projectionsIn } from './projections/projections-in.ts';
export {
  type Answer,
  type AskOptions,
  type AskOptionsWith,
  type ReplyReceiver,
  type RequestFacts,
  type Requests,
  type RequestsOptions,
  reply,
  requests,
} from './requests/requests.ts';
export type { PartHealth } from './service/condition.ts';
export {
  GAUGES,
  type GaugeName,
  type MeasuredParts,
  type Measurement,
  measure,
  prometheusText,
} from './service/measure.ts';
export { type Service, type ServiceHealth, type ServiceOptions, service } from './service/service.ts';
export type { ServiceWorker } from './service/service-worker.ts';
export { jsonLog, type LogRecord, logRecord } from './telemetry/log-record.ts';
export type { Observation, Observe } from './telemetry/observation.ts';
export { type Log, type LogEntry, type LogSink, serviceLog } from './telemetry/service-log.ts';
