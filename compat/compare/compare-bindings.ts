import type { Place } from '@chirograph/contract/diagnostics';
import type { Bindings } from '@chirograph/contract/model';
import { childPointer, isObject, type JsonObject, type JsonValue, type Location } from '@chirograph/schema';
import type { Change, Subject } from '../change.ts';
import type { ChangeCode } from '../rules/rules.ts';
import { meaningOf } from '../schemas/signature.ts';
import { changeOf } from './changing.ts';

/** A node that protocols have something to say of. */
interface Bound {
  readonly at: Location;
  readonly bindings?: Bindings;
  /** Of a channel. */
  readonly address?: string | null;
}

/**
 * What is known of a setting of a protocol: the code of its change. `*` stands for everything below. The settings are
 * those of AsyncAPI's bindings (github.com/asyncapi/bindings); those not named here are told by the general codes.
 */
const KNOWN: readonly (readonly [setting: RegExp, code: ChangeCode])[] = [
  [
    /^kafka\.topic$|^pulsar\.(namespace|persistence)$|^googlepubsub\.topic$|^sns\.name$/,
    'binding/topic-changed',
  ],
  [/^kafka\.partitions$/, 'binding/partitions-changed'],
  [/^kafka\.key(\.|$)|^anypointmq\.messageGroup$|^googlepubsub\.orderingKey$/, 'binding/key-changed'],
  [/^kafka\.groupId(\.|$)|^nats\.queue$|^redis\.group$/, 'binding/group-changed'],
  [/^amqp\.(exchange(\.|$)|is$|cc(\.|$))/, 'binding/exchange-changed'],
  [
    /^(amqp\.queue|ibmmq\.queue|sqs\.queue|jms\.destination|solace\.destinations)(\.|$)/,
    'binding/queue-changed',
  ],
  [/^(mqtt\.(qos|retain)|amqp\.(ack|deliveryMode|mandatory)|amqp1\.|stomp\.ack)/, 'binding/delivery-changed'],
];

/** What protocols are told of a node, setting by setting. */
export function compareBindings(base: Bound, head: Bound, subject: Subject): Change[] {
  const [before, after] = [settingsOf(base.bindings), settingsOf(head.bindings)];
  const names = [...new Set([...before.keys(), ...after.keys()])].sort();
  return names.flatMap((name) => {
    const [from, to] = [before.get(name), after.get(name)];
    if (from?.text === to?.text || isFirstSaid(name, from ?? to, Boolean(from && to), base, head)) return [];
    const known = KNOWN.find(([setting]) => setting.test(name))?.[1];
    const code = known ?? (from ? (to ? 'binding/changed' : 'binding/removed') : 'binding/added');
    const told = (setting: typeof from) => (setting ? `${name} ${setting.text}` : `no ${name}`);
    return [
      changeOf(code, subject, {
        from: told(from),
        to: told(to),
        base: placeOf(base, from?.path),
        head: placeOf(head, to?.path),
      }),
    ];
  });
}

/** What holds anyway, written on one side alone: it moves nothing. */
function isFirstSaid(
  name: string,
  said: Setting | undefined,
  isOnBoth: boolean,
  base: Bound,
  head: Bound,
): boolean {
  if (isOnBoth || !said) return false;
  // AsyncAPI 3 has no `type` of an HTTP operation: that it is a request follows from its reply.
  if (name === 'kafka.partitions' || name === 'http.type') return true;
  const isTopic = name === 'kafka.topic' || name === 'googlepubsub.topic';
  return isTopic && base.address === said.text && head.address === said.text;
}

interface Setting {
  readonly path: readonly string[];
  readonly text: string;
}

/** Every setting by its dotted name: `kafka.topicConfiguration.retention.ms`. Schemas are told as a whole. */
function settingsOf(bindings: Bindings | undefined): ReadonlyMap<string, Setting> {
  const found = new Map<string, Setting>();
  const visit = (value: JsonValue, path: readonly string[]) => {
    if (isObject(value) && !isSchemaLike(value)) {
      for (const [name, child] of Object.entries(value)) visit(child, [...path, name]);
    } else {
      found.set(path.join('.'), { path, text: typeof value === 'string' ? value : meaningOf({}, value) });
    }
  };
  for (const [protocol, binding] of Object.entries(bindings ?? {})) visit(binding, [protocol]);
  return found;
}

const SCHEMA_KEYWORDS = ['$ref', 'const', 'enum', 'pattern', 'properties'];
const JSON_TYPES: ReadonlySet<JsonValue | undefined> = new Set(['string', 'integer', 'number', 'object']);

/** The key of a Kafka message is a schema; an AMQP exchange has a `type` too, but also a name. */
function isSchemaLike(value: JsonObject): boolean {
  if (SCHEMA_KEYWORDS.some((key) => Object.hasOwn(value, key))) return true;
  return JSON_TYPES.has(value.type) && !Object.hasOwn(value, 'name');
}

function placeOf({ at }: Bound, path: readonly string[] | undefined): Place {
  return { file: at.file, pointer: childPointer(at.pointer, 'bindings', ...(path ?? [])) };
}
