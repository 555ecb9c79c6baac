import type { WireMessage } from '@chirograph/runtime';
import type { Inspection } from '../checks/inspect.ts';
import type { Fault } from '../faults/faults.ts';
import type { Received, Sent } from '../journal/happening.ts';
import type { Cause } from './cause.ts';

/** What the journal keeps of a message, beside what it says itself. */
interface Circumstances {
  readonly at: number;
  readonly service: string;
}

/** What the journal keeps of a message that came in. @param cause of messages that the contract knows */
export function receivedOf(
  message: WireMessage,
  inspection: Inspection,
  {
    cause,
    ...more
  }: Circumstances & Pick<Received, 'again' | 'overheard'> & { readonly cause?: Cause | undefined },
): Received {
  const { id, name, version, channel, headers } = message;
  const base = { kind: 'received', ...more, channel, headers } as const;
  if (inspection.kind !== 'known') {
    const { kind: verdict, problem, payload } = inspection;
    const said = { ...(name !== undefined && { name }), ...(version !== undefined && { version }) };
    return { ...base, ...said, id, verdict, problem, violations: [], payload };
  }
  const { known, parts, violations } = inspection;
  return {
    ...base,
    name: known.contract.name,
    version: known.contract.version,
    id: cause?.id ?? id,
    ...(cause && { correlationId: cause.correlationId }),
    verdict: violations.length > 0 ? 'invalid' : 'valid',
    violations,
    payload: parts.payload,
  };
}

/** What the journal keeps of a message that is sent. */
export function sentOf(
  message: WireMessage,
  sent: Cause,
  {
    answers,
    payload,
    ...more
  }: Circumstances & {
    readonly faults: readonly Fault[];
    readonly payload: unknown;
    readonly answers: Cause | undefined;
  },
): Sent {
  return {
    kind: 'sent',
    ...more,
    channel: message.channel,
    name: sent.known.contract.name,
    version: sent.known.contract.version,
    id: sent.id,
    correlationId: sent.correlationId,
    ...(answers && { answers: answers.id }),
    payload,
    headers: message.headers,
  };
}
