import type { WireMessage } from '../ports/message.ts';
import type { Observation } from '../telemetry/observation.ts';

/** One step of a flow: a service sends a message, or receives one. */
export interface FlowStep {
  readonly id: string;
  readonly service: string;
  readonly action: 'send' | 'receive';
  /** The message's name. */
  readonly message: string;
  /** The steps that it follows from. */
  readonly after: readonly string[];
}

interface Happening {
  readonly service: string;
  readonly action: FlowStep['action'];
  readonly message: WireMessage;
}

export interface FlowOptions {
  /** Names of messages that may be sent besides: what other flows tell of. */
  readonly beside?: readonly string[] | undefined;
}

/**
 * How what the runtime did differs from a flow: one line for each step that did not happen, or not because of the steps
 * that it follows from, and one for each message that no step sends. Empty where both agree.
 *
 * A message that a service sends because of one that it received has that one as its cause. What people and clocks begin
 * has none: then the order alone is looked at. A step that says "once for each product" may happen several times.
 */
export function flowDifferences(
  steps: readonly FlowStep[],
  observed: readonly Observation[],
  { beside = [] }: FlowOptions = {},
): readonly string[] {
  const happenings = happeningsOf(observed);
  const handled = new Set(
    observed.flatMap((it) => (it.kind === 'handled' ? [`${it.consumer} ${it.message.id}`] : [])),
  );
  const placed = new Map<string, number>();
  const used = new Set<number>();
  const differences: string[] = [];

  for (const step of steps) {
    const before = step.after.flatMap((id) => placed.get(id) ?? []);
    const earliest = Math.max(-1, ...before);
    const all = [...happenings.entries()].filter(([, it]) => isStep(it, step));
    const candidates = all.filter(([index]) => !used.has(index));
    const found = candidates.find(
      ([index, it]) => index > earliest && isCaused(it, step, steps, placed, happenings),
    );
    if (found) {
      const [index, { service, message }] = found;
      placed.set(step.id, index);
      used.add(index);
      if (step.action === 'receive' && !handled.has(`${service} ${message.id}`)) {
        differences.push(`${step.id}: ${service} received ${step.message}, and did not handle it`);
      }
    } else {
      differences.push(`${step.id}: ${whyNot(step, candidates.length)}`);
    }
  }

  const expected = new Set([...beside, ...steps.map(({ message }) => message)]);
  for (const { action, service, message } of happenings) {
    const { name = message.id } = message;
    if (action === 'send' && !expected.has(name))
      differences.push(`${service} sent ${name}: no step says so`);
  }
  return differences;
}

/** A broker may deliver a message before its sender is back from publishing it: it was sent first all the same. */
function happeningsOf(observed: readonly Observation[]): readonly Happening[] {
  const sendings = new Map<string, Happening>();
  for (const it of observed) {
    if (it.kind !== 'published') continue;
    sendings.set(it.message.id, { service: it.by, action: 'send', message: it.message });
  }
  const told = new Set<string>();
  return observed.flatMap((it) => {
    if (it.kind !== 'published' && it.kind !== 'delivered') return [];
    const sending = sendings.get(it.message.id);
    const isNew = sending !== undefined && !told.has(it.message.id);
    told.add(it.message.id);
    const sent = isNew ? [sending] : [];
    if (it.kind === 'published') return sent;
    return [...sent, { service: it.consumer, action: 'receive', message: it.message }];
  });
}

function isStep(happening: Happening, { service, action, message }: FlowStep): boolean {
  return happening.service === service && happening.action === action && happening.message.name === message;
}

/** A receipt is of a message that was sent; a sending is caused by what the step's service received before. */
function isCaused(
  { message }: Happening,
  step: FlowStep,
  steps: readonly FlowStep[],
  placed: ReadonlyMap<string, number>,
  happenings: readonly Happening[],
): boolean {
  const causes = causesOf(step, steps).flatMap((id) => happenings[placed.get(id) ?? -1] ?? []);
  if (step.action === 'receive') {
    // Of several messages of one name any may have come first.
    const sent = causes.filter((it) => it.message.name === step.message);
    return (
      sent.length === 0 || sent.some((it) => it.message.id === message.id) || isRepeated(step, happenings)
    );
  }
  const cause = causationOf(message);
  const received = causes.filter((it) => it.action === 'receive' && it.service === step.service);
  if (cause === undefined || received.length === 0) return true;
  // Of several that it waits for, the last one leads to it; which that is differs from time to time.
  return happenings.some(
    (it) =>
      it.action === 'receive' &&
      it.service === step.service &&
      it.message.id === cause &&
      received.some(({ message: { name } }) => name === it.message.name),
  );
}

/** The steps that a step follows from, and for what a service sends what it received before that. */
function causesOf(step: FlowStep, steps: readonly FlowStep[]): readonly string[] {
  return step.after.flatMap((id) => {
    const before = steps.find((it) => it.id === id);
    const isSameSending = before && before.action === 'send' && step.action === 'send';
    return isSameSending && before.service === step.service ? causesOf(before, steps) : [id];
  });
}

function isRepeated({ message }: FlowStep, happenings: readonly Happening[]): boolean {
  const sent = happenings.filter((it) => it.action === 'send' && it.message.name === message);
  return sent.length > 1;
}

/** Wherever the envelope holds it: in a header, or as CloudEvents do. */
function causationOf({ headers, body, contentType }: WireMessage): string | undefined {
  const header = headers['causation-id'];
  if (header !== undefined || !contentType.includes('json')) return header;
  const payload: unknown = JSON.parse(new TextDecoder().decode(body));
  if (typeof payload !== 'object' || payload === null || !('causationid' in payload)) return undefined;
  return typeof payload.causationid === 'string' ? payload.causationid : undefined;
}

function whyNot({ service, action, message, after }: FlowStep, count: number): string {
  const does = action === 'send' ? 'did not send' : 'did not receive';
  if (count === 0) return `${service} ${does} ${message}`;
  return `${service} ${does} ${message} because of ${after.join(' and ') || 'nothing'}, but ${count} times otherwise`;
}
