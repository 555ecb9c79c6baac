import {
  childPointer,
  isObject,
  type JsonObject,
  type JsonValue,
  type Location,
  splitPointer,
} from '@chirograph/schema';
import {
  type Deprecation,
  ENVELOPE_PARTS,
  type Envelope,
  type MessageContract,
  type MessagePath,
  type RetrySchedule,
  type Upcast,
} from '../model/index.ts';
import { listAt, objectAt, present, textAt, textsAt } from './read.ts';

/** What a message's `x-contract`, its traits' merged in, says. `at` is the message. */
export function readContract(contract: JsonObject, at: Location): MessageContract {
  const read = Object.entries(READERS).map(([key, reader]) => [key, reader(contract, at)] as const);
  return Object.fromEntries(read.filter(([, value]) => value !== undefined)) as unknown as MessageContract;
}

/** How each key is read; undefined where it is not there. */
const READERS: {
  readonly [K in keyof MessageContract]-?: (contract: JsonObject, at: Location) => MessageContract[K];
} = {
  version: (contract) => textAt(contract, 'version'),
  reference: (contract) => textAt(contract, 'reference'),
  aggregate: (contract) => textAt(contract, 'aggregate'),
  orderingKey: (contract) => readPath(contract.orderingKey),
  trigger: (contract) => textAt(contract, 'trigger'),
  outcome: (contract) => textAt(contract, 'outcome'),
  retry: readRetry,
  retention: (contract) => readDuration(contract.retention),
  volume: readVolume,
  deprecation: readDeprecation,
  envelope: (contract) => readEnvelope(objectAt(contract, 'envelope')),
  identity: (contract) => listAt(contract, 'identity').flatMap((it) => readPath(it) ?? []),
  invariants: (contract) => textsAt(contract, 'invariants'),
  failures: (contract) => textsAt(contract, 'failures'),
  leadsTo: (contract) => textsAt(contract, 'leadsTo'),
  upcasts: (contract, at) =>
    listAt(contract, 'upcasts').flatMap((it, index) => readUpcast(it, at, index) ?? []),
};

/** The retry schedule that an `x-contract` holds. */
export function readRetry(contract: JsonObject): RetrySchedule | undefined {
  if (!isObject(contract.retry)) return undefined;
  return { delays: listAt(contract.retry, 'delays').flatMap((it) => readDuration(it) ?? []) };
}

/** A JSON Pointer into the payload, or one of AsyncAPI's runtime expressions (AsyncAPI 3, "Runtime Expression"). */
export function readPath(value: JsonValue | undefined): MessagePath | undefined {
  if (typeof value !== 'string') return undefined;
  const [, place, pointer] = /^(?:\$message\.(payload|header)#)?(\/.*)$/s.exec(value) ?? [];
  if (pointer === undefined) return undefined;
  return { in: place === 'header' ? 'headers' : 'payload', path: splitPointer(pointer) };
}

const MILLISECONDS = { W: 604_800_000, D: 86_400_000, H: 3_600_000, M: 60_000, S: 1000 };

/** An ISO 8601 duration of weeks, days, hours, minutes and seconds, in milliseconds. */
function readDuration(value: JsonValue | undefined): number | undefined {
  if (typeof value !== 'string') return undefined;
  const [, w, d, h, m, s] =
    /^P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/.exec(value) ?? [];
  if (![w, d, h, m, s].some(Boolean)) return undefined;
  const { W, D, H, M, S } = MILLISECONDS;
  return (
    Number(w ?? 0) * W + Number(d ?? 0) * D + Number(h ?? 0) * H + Number(m ?? 0) * M + Number(s ?? 0) * S
  );
}

function readEnvelope(envelope: JsonObject): Envelope {
  return Object.fromEntries(
    ENVELOPE_PARTS.flatMap((part) => {
      const path = readPath(envelope[part]);
      return path ? [[part, path]] : [];
    }),
  );
}

function readVolume(contract: JsonObject): { perDay: number } | undefined {
  const { perDay } = objectAt(contract, 'volume');
  return typeof perDay === 'number' ? { perDay } : undefined;
}

function readDeprecation(contract: JsonObject): Deprecation | undefined {
  const since = textAt(contract.deprecated, 'since');
  const removal = textAt(contract.deprecated, 'removal');
  return since === undefined ? undefined : { since, ...present({ removal }) };
}

function readUpcast(upcast: JsonValue, message: Location, index: number): Upcast | undefined {
  const from = textAt(upcast, 'from');
  if (from === undefined) return undefined;
  return {
    at: { file: message.file, pointer: childPointer(message.pointer, 'x-contract', 'upcasts', index) },
    from,
    move: Object.entries(objectAt(upcast, 'move')).flatMap(([source, target]) =>
      typeof target === 'string' ? [{ from: splitPointer(source), to: splitPointer(target) }] : [],
    ),
    remove: textsAt(upcast, 'remove').map(splitPointer),
    default: Object.entries(objectAt(upcast, 'default')).map(([path, value]) => ({
      path: splitPointer(path),
      value,
    })),
    byFunction: isObject(upcast) && upcast.function === true,
  };
}
