import type { Older } from '../consumer/receive.ts';
import { withDates, withoutDates } from '../contract/dates.ts';
import type { MessageContract } from '../contract/message-contract.ts';
import type { StandardSchemaV1 } from '../contract/standard-schema.ts';
import type { Validator } from '../contract/validator.ts';
import { ContractViolationError, type Violation } from '../contract/violation.ts';
import { violationsOf } from '../contract/violations-of.ts';
import { ERASED } from '../personal-data/erased.ts';
import type { DomainEvent, StoredEvent } from '../ports/event-streams.ts';
import type { Texts } from '../ports/message.ts';

/** What checks a stored event: a generated validator, or any Standard Schema that answers at once. */
export type EventCheck<E> = Validator<E> | StandardSchemaV1<unknown, E>;

/** How events of one type are stored: in the shape of now, and in those of before. */
export interface EventType<E> {
  /** Of the shape that is written now. What was stored without a version counts as the oldest. */
  readonly version: string;
  readonly check: EventCheck<E>;
  /** Shapes that were written once, the oldest first. */
  readonly older?: readonly OlderShape<E>[] | undefined;
  /** From JSON to what code sees, such as dates, and back. */
  readonly decode?: ((stored: E) => E) | undefined;
  readonly encode?: ((event: E) => unknown) | undefined;
}

/** A shape that was written once, and how it becomes the newest: made by `olderShape`, so that its parts agree. */
export interface OlderShape<E> {
  readonly version: string;
  readonly check: EventCheck<unknown>;
  readonly upcast: (old: unknown) => E;
}

/** The types of events of one kind of entity. */
export interface EventSchema<E extends DomainEvent> {
  /** Their names, for readers of all streams. */
  readonly types: readonly E['type'][];
  /** In which version each is written. */
  readonly versions: Readonly<Record<string, string>>;
  /** Checks an event and brings it to the newest shape. Throws `UnreadableEventError`. */
  read(stored: StoredEvent<DomainEvent>): StoredEvent<E>;
  /** The event as it is to be stored. Throws `ContractViolationError`: what could not be read again is not stored. */
  write(event: E): DomainEvent;
}

/** A stored event that its schema does not know, or that departs from it. Nothing can be decided on such a stream until code can read it. */
export class UnreadableEventError extends Error {
  override readonly name = 'UnreadableEventError';
  readonly code = 'unreadable-event';
  readonly stream: string;
  readonly version: number;
  readonly violations: readonly Violation[];

  constructor(
    { stream, version, position, event, schemaVersion }: StoredEvent<DomainEvent>,
    problem: string,
    options: { readonly violations?: readonly Violation[]; readonly cause?: unknown } = {},
  ) {
    const shape = schemaVersion === undefined ? '' : ` ${schemaVersion}`;
    super(
      `event ${version} of ${stream} (${event.type}${shape}, position ${position}) cannot be read: ${problem}`,
      {
        cause: options.cause,
      },
    );
    this.stream = stream;
    this.version = version;
    this.violations = options.violations ?? [];
  }
}

/**
 * How events are written and read: each checked on its way in and out, older shapes upcast to the newest. An event whose personal data was
 * erased may depart from its schema where `ERASED` stands.
 */
export function eventSchema<E extends DomainEvent>(
  types: {
    readonly [Type in E['type']]: EventType<Extract<E, { readonly type: Type }>>;
  },
): EventSchema<E> {
  const known = new Map(Object.entries(types) as [string, EventType<E>][]);
  for (const [type, { version, older = [] }] of known) {
    const versions = [...older.map((it) => it.version), version];
    if (new Set(versions).size < versions.length)
      throw new Error(`the event ${type} has two shapes of one version: ${versions.join(', ')}`);
  }
  return {
    types: [...known.keys()] as E['type'][],
    versions: Object.fromEntries([...known].map(([type, { version }]) => [type, version])),
    read(stored) {
      const { type } = stored.event;
      const newest = known.get(type);
      if (!newest) throw new UnreadableEventError(stored, `the schema knows ${[...known.keys()].join(', ')}`);
      const { version, check, older = [], decode = (event) => event } = newest;
      const written = stored.schemaVersion ?? older[0]?.version ?? version;
      const shape = older.find((it) => it.version === written);
      if (!shape && written !== version)
        throw new UnreadableEventError(
          stored,
          `the schema knows the versions ${[...older.map((it) => it.version), version].join(', ')}`,
        );
      const event = shape ? upcast(stored, shape) : stored.event;
      const violations = departures(check, event);
      if (violations.length > 0)
        throw new UnreadableEventError(
          stored,
          shape ? `upcast to ${version} it departs from it: ${words(violations)}` : words(violations),
          { violations },
        );
      return { ...stored, event: decode(event as E) };
    },
    write(event) {
      const type = known.get(event.type);
      if (!type) throw new Error(`no schema is known of the event ${event.type}: it could not be read again`);
      const stored = type.encode ? type.encode(event) : event;
      const violations = departures(type.check, stored);
      if (violations.length > 0)
        throw new ContractViolationError(`${event.type} ${type.version}`, violations);
      return stored as DomainEvent;
    },
  };
}

function upcast<E>(stored: StoredEvent<DomainEvent>, shape: OlderShape<E>): E {
  const violations = departures(shape.check, stored.event);
  if (violations.length > 0) throw new UnreadableEventError(stored, words(violations), { violations });
  try {
    return shape.upcast(stored.event);
  } catch (cause) {
    throw new UnreadableEventError(stored, `its upcaster failed: ${cause}`, { cause });
  }
}

/** A shape of before; `check` says what `upcast` takes. It must be pure. */
export function olderShape<Old, E>(
  version: string,
  check: EventCheck<Old>,
  upcast: (old: Old) => E,
): OlderShape<E> {
  return { version, check, upcast: upcast as (old: unknown) => E };
}

/**
 * A message as a stored event: its generated contract, and the older versions with their generated upcasters, the oldest first. Its payload must
 * hold its `type`, as that of CloudEvents does.
 */
export function contractEvent<T extends DomainEvent>(
  contract: MessageContract<T, unknown, Texts, unknown>,
  // biome-ignore lint/suspicious/noExplicitAny: each older version has a type of its own.
  older: readonly Older<any, T>[] = [],
): EventType<T> {
  const { version, dates, validate } = contract;
  return {
    version,
    check: validate as Validator<T>,
    older: older.map((it) =>
      olderShape(it.contract.version, it.contract.validate, it.upcast as (old: unknown) => T),
    ),
    ...(dates && {
      decode: (stored: T) => withDates(dates, stored) as T,
      encode: withoutDates,
    }),
  };
}

/**
 * An event whose `data` is that of a message, as events are of which a service tells others: its `data` is checked, and read, as the message's contract
 * has it. Such events may have another type and hold more than the message; what stands beside `data`, `beside` checks.
 */
export function dataEvent<E extends DomainEvent & { readonly data: unknown }>(
  contract: MessageContract<{ readonly data: E['data'] }, unknown, Texts, unknown>,
  { beside, version = contract.version, older }: DataEventOptions<E> = {},
): EventType<E> {
  const { dates } = contract;
  return {
    version,
    check: dataCheck(contract.validate, beside),
    older,
    ...(dates && {
      decode: (stored: E) => withDates(dates, stored) as E,
      encode: withoutDates,
    }),
  };
}

export interface DataEventOptions<E> {
  readonly beside?: Validator<unknown> | undefined;
  /** That of the contract unless told otherwise. */
  readonly version?: string | undefined;
  readonly older?: readonly OlderShape<E>[] | undefined;
}

/** The `data` of an older version of the message as a shape of before, with the message's generated upcaster. */
export function olderData<Old extends { readonly data: unknown }, E extends { readonly data: unknown }>(
  contract: MessageContract<Old, unknown, Texts, unknown>,
  upcast: (old: Old) => { readonly data: E['data'] },
): OlderShape<E> {
  return olderShape(
    contract.version,
    dataCheck<Old>(contract.validate, undefined),
    (old) => ({ ...old, data: upcast(old).data }) as unknown as E,
  );
}

/** What a message's validator finds at `/data` of something that is no message otherwise. It finds all there is, as generated ones do. */
function dataCheck<E>(validate: Validator<unknown>, beside: Validator<unknown> | undefined): Validator<E> {
  const check: Validator<E> = (event): event is E => {
    const data = typeof event === 'object' && event !== null && 'data' in event ? event.data : undefined;
    const ofData = validate(data === undefined ? {} : { data })
      ? []
      : (validate.errors ?? []).filter(
          ({ instancePath, params }) =>
            instancePath === '/data' ||
            instancePath.startsWith('/data/') ||
            (instancePath === '' && params.missingProperty === 'data'),
        );
    const others = beside && !beside(event) ? (beside.errors ?? []) : [];
    check.errors = [...ofData, ...others];
    return check.errors.length === 0;
  };
  return check;
}

function words(violations: readonly Violation[]): string {
  return violations
    .map(({ pointer, expected, found }) => `${pointer || 'it'} should be ${expected}, found ${found}`)
    .join('; ');
}

/** Where the event departs from its schema, but for what was erased. */
function departures(check: EventCheck<unknown>, event: unknown): readonly Violation[] {
  const found = typeof check === 'function' ? byValidator(check, event) : byStandardSchema(check, event);
  return found.filter(({ path }) => valueAt(event, path) !== ERASED).map(({ violation }) => violation);
}

interface Departure {
  readonly path: readonly string[];
  readonly violation: Violation;
}

function byValidator(validate: Validator<unknown>, event: unknown): readonly Departure[] {
  if (validate(event)) return [];
  return violationsOf(validate.errors ?? [], event).map((violation) => ({
    path: violation.pointer
      .split('/')
      .slice(1)
      .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~')),
    violation,
  }));
}

function byStandardSchema(schema: StandardSchemaV1, event: unknown): readonly Departure[] {
  const result = schema['~standard'].validate(event);
  if (result instanceof Promise)
    throw new TypeError(
      `a schema of ${schema['~standard'].vendor} answers later: stored events are checked at once`,
    );
  return (result.issues ?? []).map(({ message, path: given = [] }) => {
    const path = given.map((step) => String(typeof step === 'object' ? step.key : step));
    const pointer = path.map((step) => `/${step.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
    const value = JSON.stringify(valueAt(event, path)) ?? 'nothing';
    return { path, violation: { pointer, rule: 'schema', expected: `such that: ${message}`, found: value } };
  });
}

function valueAt(value: unknown, path: readonly string[]): unknown {
  let found = value;
  for (const name of path) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, name)) return undefined;
    found = Reflect.get(found, name);
  }
  return found;
}
