import {
  type Attributes,
  type Context,
  context,
  type Link,
  propagation,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';
import { errorKind } from '../consumer/failure.ts';
import type { Texts, WireMessage } from '../ports/message.ts';

/**
 * Spans by OpenTelemetry's messaging conventions, and the context of a trace in the headers of messages, as the registered propagator writes it
 * (W3C `traceparent` unless told otherwise). Without an SDK all of this does nothing. Bodies and error messages stay out: they may hold personal data.
 */
export const TRACED = '@chirograph/runtime';

/** Of which the conventions ask a name: brokers differ behind one port, and an outbox stands before them. */
export const SYSTEM = 'chirograph';

export interface SendFacts {
  readonly name: string;
  readonly version: string;
  readonly channel: string;
}

/**
 * Runs `send` in a span of its own. It is given the headers that carry the span's context to the handler of the message, in whatever process and
 * however much later.
 */
export async function inSendSpan<T>(
  { name, version, channel }: SendFacts,
  send: (headers: Texts, span: Span) => Promise<T>,
): Promise<T> {
  const attributes: Attributes = {
    'messaging.system': SYSTEM,
    'messaging.operation.type': 'send',
    'messaging.operation.name': 'send',
    'messaging.destination.name': channel,
    'chirograph.message.name': name,
    'chirograph.message.version': version,
  };
  return inSpan(`send ${channel}`, SpanKind.PRODUCER, attributes, context.active(), async (span) => {
    const headers: Record<string, string> = {};
    propagation.inject(context.active(), headers);
    return send(headers, span);
  });
}

/** What is known of a sent message only when it has been made. */
export function describeSent(span: Span, message: WireMessage): void {
  if (span.isRecording()) span.setAttributes(attributesOf(message));
}

/**
 * Runs `publish` for a batch from the outbox in a span of its own, linked to the spans in which its messages were sent: these may have ended long ago,
 * in other processes, and in traces of their own.
 */
export async function inRelaySpan<T>(
  messages: readonly WireMessage[],
  publish: (span: Span) => Promise<T>,
): Promise<T> {
  const channel = onlyChannel(messages);
  const attributes: Attributes = {
    'messaging.system': SYSTEM,
    'messaging.operation.type': 'send',
    'messaging.operation.name': 'relay',
    'messaging.batch.message_count': messages.length,
    ...(channel !== undefined && { 'messaging.destination.name': channel }),
  };
  const name = channel === undefined ? 'relay' : `relay ${channel}`;
  return inSpan(name, SpanKind.CLIENT, attributes, ROOT_CONTEXT, (span) => {
    if (span.isRecording()) span.addLinks(linksTo(messages));
    return publish(span);
  });
}

/** Says of a span that what it is about has failed, though nothing was thrown. */
export function markFailed(span: Span, error: unknown): void {
  const kindOfError = errorKind(error);
  span.setStatus({ code: SpanStatusCode.ERROR, message: kindOfError });
  span.setAttribute('error.type', kindOfError);
}

/** The channel of all of the messages; `undefined` when there are several. */
export function onlyChannel(messages: readonly { readonly channel: string }[]): string | undefined {
  const [first] = messages;
  return messages.every(({ channel }) => channel === first?.channel) ? first?.channel : undefined;
}

function linksTo(messages: readonly WireMessage[]): Link[] {
  return messages.flatMap(({ id, headers }) => {
    const spanContext = trace.getSpanContext(propagation.extract(ROOT_CONTEXT, headers));
    return spanContext ? [{ context: spanContext, attributes: { 'messaging.message.id': id } }] : [];
  });
}

/**
 * Runs a try of a handler in a span of its own, whose parent is the producer's: also when the message lay in an outbox, a queue, or among the parked in
 * between.
 */
export function inProcessSpan<T>(
  consumer: string,
  message: WireMessage,
  attempt: number,
  handle: () => Promise<T>,
): Promise<T> {
  const attributes: Attributes = {
    'messaging.system': SYSTEM,
    'messaging.operation.type': 'process',
    'messaging.operation.name': 'process',
    'messaging.consumer.group.name': consumer,
    'chirograph.attempt': attempt,
    ...attributesOf(message),
  };
  const from = propagation.extract(ROOT_CONTEXT, message.headers);
  return inSpan(`process ${message.channel}`, SpanKind.CONSUMER, attributes, from, handle);
}

/** Runs a try of a handler that takes several messages in a span of its own, linked to those in which they were sent. */
export function inBatchSpan<T>(
  consumer: string,
  messages: readonly WireMessage[],
  handle: () => Promise<T>,
): Promise<T> {
  const channel = onlyChannel(messages);
  const attributes: Attributes = {
    'messaging.system': SYSTEM,
    'messaging.operation.type': 'process',
    'messaging.operation.name': 'process',
    'messaging.consumer.group.name': consumer,
    'messaging.batch.message_count': messages.length,
    ...(channel !== undefined && { 'messaging.destination.name': channel }),
  };
  const name = channel === undefined ? 'process' : `process ${channel}`;
  return inSpan(name, SpanKind.CONSUMER, attributes, ROOT_CONTEXT, (span) => {
    if (span.isRecording()) span.addLinks(linksTo(messages));
    return handle();
  });
}

function attributesOf({ id, channel, headers, body }: WireMessage): Attributes {
  return {
    'messaging.destination.name': channel,
    'messaging.message.id': id,
    'messaging.message.body.size': body.byteLength,
    'messaging.message.conversation_id': headers['correlation-id'],
  };
}

async function inSpan<T>(
  name: string,
  kind: SpanKind,
  attributes: Attributes,
  parent: Context,
  work: (span: Span) => Promise<T>,
): Promise<T> {
  const span = trace.getTracer(TRACED).startSpan(name, { kind, attributes }, parent);
  try {
    return await context.with(trace.setSpan(parent, span), () => work(span));
  } catch (error) {
    markFailed(span, error);
    throw error;
  } finally {
    span.end();
  }
}
