import { randomUUID } from 'node:crypto';
import type { HandlerContext } from '../consumer/receive.ts';
import { timeLimitOn, withinTime } from '../consumer/time-limit.ts';
import { codecOf } from '../contract/codec.ts';
import { withDates } from '../contract/dates.ts';
import { headersToText } from '../contract/headers-text.ts';
import { readText, writePayload } from '../contract/part.ts';
import { refusalIn } from '../contract/refusal-in.ts';
import { violationsOf } from '../contract/violations-of.ts';
import { isRefusal } from '../event-sourcing/decider.ts';
import { derivedId } from '../event-sourcing/derived-id.ts';
import type { Cause } from '../ports/cause.ts';
import { type Clock, systemClock } from '../ports/clock.ts';
import type { Texts, WireMessage } from '../ports/message.ts';
import { type Store, type Transaction, UnknownOutcomeError } from '../ports/store.ts';
import { fillEnvelope } from '../producer/fill-envelope.ts';
import type { ServiceWorker } from '../service/service-worker.ts';
import { type Observe, tell } from '../telemetry/observation.ts';
import { answers, hashOf, type KeptAnswer } from './answers.ts';
import type { HttpCommand, HttpParameter } from './http-command.ts';
import { type HttpApiInfo, openApi, refusalType } from './open-api.ts';
import { errorsOf, HttpProblemError, PROBLEM_TYPE, problemResponse } from './problem.ts';
import { readBody } from './read-body.ts';
import { checkedHeaders, checkParameters, headersIn, parametersIn } from './request-parts.ts';
import { sentWithin } from './sent-within.ts';

export interface HttpApiOptions {
  readonly store: Store;
  /**
   * Who asks, as fields of the message beside its body: `{ authtype: 'user', authid }`. What is not said here nobody can say, for it is not in
   * the body. Throws an `HttpProblemError` (401, say) for those who may not ask at all. Idempotency keys are each caller's own.
   */
  readonly caller?: ((request: Request) => object | Promise<object>) | undefined;
  /**
   * What else the message says that follows from its body, where the contract asks for it: `{ subject: body.cartId }`. The place to turn away who asks
   * in the name of another, too: by throwing an `HttpProblemError`.
   */
  readonly about?:
    | ((body: unknown, command: string, request: Request) => object | Promise<object>)
    | undefined;
  /**
   * Headers of the message that the service says itself, by their names: `{ tenant: (request) => tenantOf(request) }`. Nobody else can say them; all
   * other headers that the contracts ask for are headers of the request.
   */
  readonly headers?:
    | Readonly<Record<string, (request: Request) => string | undefined | Promise<string | undefined>>>
    | undefined;
  /** The operations that are taken, by their ids: all of the service's unless told otherwise. Those that services ask of one another are for no caller. */
  readonly only?: readonly string[] | undefined;
  /** The status of a refusal: 409 unless told otherwise. One of 4xx that the API does not use itself. */
  readonly statusOf?: ((code: string, command: string) => number | undefined) | undefined;
  /** Whether requests without an `Idempotency-Key` are turned away. */
  readonly requireKey?: boolean | undefined;
  /** Milliseconds for which answers are kept by their keys: a day unless told otherwise. */
  readonly keepAnswers?: number | undefined;
  /** Milliseconds that a handler may take: 10 seconds unless told otherwise. */
  readonly timeout?: number | undefined;
  /** The most bytes of a body: 1 MiB unless told otherwise. */
  readonly maxBytes?: number | undefined;
  readonly clock?: Clock | undefined;
  /** Told of what went wrong: the caller hears only that something did. */
  readonly observe?: Observe | undefined;
}

/** The commands of a service over HTTP: `POST /shop/order/place`, and `GET /openapi.json`. */
export interface HttpApi {
  /** Answers a request, whatever server it came to. Never rejects. */
  fetch(request: Request): Promise<Response>;
  /** The paths that it answers. */
  readonly paths: readonly string[];
  /** The API as an OpenAPI 3.1 document. */
  readonly openApi: Readonly<Record<string, unknown>>;
  /** Forgets answers whose time is over; for the service's `workers`. */
  readonly worker: ServiceWorker;
}

const DAY = 86_400_000;
const KEY = /^[\x21-\x7e]{1,255}$/;

/**
 * Takes commands over HTTP with the handlers that take them from the broker: a body is checked by the same validator, takes effect in one transaction, and a
 * refusal that the handler tells by an event is what the caller hears. What the handler sends goes through the outbox as ever.
 */
export function httpApi(info: HttpApiInfo, options: HttpApiOptions, all: readonly HttpCommand[]): HttpApi {
  const { store, clock = systemClock, observe, requireKey = false } = options;
  const timeout = timeLimitOn(
    store,
    options.timeout ?? Math.min(10_000, (store.maxLockWait ?? 20_000) * 0.8),
  );
  const { maxBytes = 2 ** 20, keepAnswers = DAY } = options;
  const statusOf = (code: string, command: string) => options.statusOf?.(code, command) ?? 409;
  const kept = answers(info.name, { store, clock, keep: keepAnswers });
  const unknown = options.only?.find((id) => !all.some(({ operationId }) => operationId === id));
  if (unknown !== undefined) throw new Error(`${info.name} takes no command ${unknown} over HTTP`);
  const commands = all.filter(({ operationId }) => options.only?.includes(operationId) ?? true);
  const byPath = new Map(commands.map((it) => [it.path, it]));
  const said = Object.keys(options.headers ?? {});
  const document = openApi(info, commands, { statusOf, isKeyRequired: requireKey, said });

  async function post(command: HttpCommand, parameters: Texts, request: Request): Promise<Response> {
    const key = keyOf(request, requireKey);
    const caller = { ...(await options.caller?.(request)) };
    const body = await readBody(request, maxBytes);
    const scope = hashOf(info.name, caller, key);
    // One who sends the same again sends the same command.
    const id = key === undefined ? randomUUID() : derivedId('http', scope);
    const about = await options.about?.(body, command.contract.name, request);
    const headers = headersIn(request, sayable(command));
    const own = { ...headers, ...(await saidOf(request)) };
    const message = messageOf(command, body, { ...caller, ...about }, own, parameters, id);
    const asked = [
      new URL(request.url).pathname,
      body,
      ...(Object.keys(headers).length > 0 ? [headers] : []),
    ];
    const answer = await store.transaction((tx) => {
      const work = () => run(tx, command, message);
      return key === undefined ? work() : kept.once(tx, scope, hashOf(...asked), work);
    });
    return new Response(JSON.stringify(answer.body), {
      status: answer.status,
      headers: { 'content-type': answer.status < 300 ? 'application/json' : PROBLEM_TYPE },
    });
  }

  /** What callers say beside the body: not what the service says itself. */
  function sayable({ parameters = [] }: HttpCommand): readonly HttpParameter[] {
    return parameters.filter((it) => it.in === 'path' || !said.includes(it.name));
  }

  /** What the service says in the headers of messages. */
  async function saidOf(request: Request): Promise<Texts> {
    const all = Object.entries(options.headers ?? {}).map(
      async ([name, say]) => [name, await say(request)] as const,
    );
    return headersToText(Object.fromEntries(await Promise.all(all)));
  }

  /** The command as a message that has come. */
  function messageOf(
    command: HttpCommand,
    body: unknown,
    beside: object,
    headers: Texts,
    parameters: Texts,
    id: string,
  ): Asked {
    const { contract, at } = command;
    const payload = at.length === 0 ? { ...Object(body), ...beside } : writePayload(beside, at, body);
    const facts = {
      id,
      type: contract.name,
      version: contract.version,
      time: new Date(clock.now()).toISOString(),
      source: 'http',
      causedBy: undefined,
    };
    const filled = fillEnvelope(contract, { payload, headers }, facts);
    if (!contract.validate(filled.payload)) {
      const violations = violationsOf(contract.validate.errors ?? [], filled.payload);
      const ofBody = violations.filter(({ pointer }) => isWithin(pointer, at));
      // What is missing beside a whole body is none of the caller's doing.
      if (ofBody.length === 0)
        throw new Error(
          `${contract.name} over HTTP lacks what \`caller\` or \`about\` should say: ${violations.map((it) => it.pointer).join(', ')}`,
        );
      throw new HttpProblemError(400, 'invalid-body', undefined, { errors: errorsOf(ofBody, at) });
    }
    checkParameters(contract, parameters, filled);
    const read = checkedHeaders(contract, sayable(command), filled.headers);
    return { id: filled.id, payload: filled.payload, headers: read, parameters };
  }

  /** Has the handler do it, and answers by what it has sent. */
  async function run(tx: Transaction, command: HttpCommand, asked: Asked): Promise<KeptAnswer> {
    const { contract, handle } = command;
    const { id, payload, headers, parameters } = asked;
    const sent: WireMessage[] = [];
    const causedBy: Cause = { id, correlationId: id };
    const received = { version: contract.version, headers, parameters };
    const message = withDates(contract.dates, payload);
    const answered = await tx
      .attempt((own) =>
        withinTime(clock, timeout, NEVER, async (signal) => {
          const context: HandlerContext = {
            tx: sentWithin(own, sent),
            causedBy,
            attempt: 1,
            signal,
            received,
          };
          const result = await handle(message, context);
          if (result && isRefusal(result)) throw new UndoneError(result);
        }),
      )
      .catch((error: unknown) => {
        if (error instanceof UndoneError) return error.refusal;
        if (typeof error === 'object' && error !== null && isRefusal(error)) return error;
        throw error;
      });
    if (answered) return refused(command, id, answered.code, answered.message);
    for (const message of sent) {
      const told = refusalIn(message);
      if (told?.command === contract.name) return refused(command, id, told.failure, told.message);
    }
    return { status: 200, body: { commandId: id, messages: sent.map(led) } };
  }

  function refused(command: HttpCommand, commandId: string, code: string, detail?: string): KeptAnswer {
    const status = statusOf(code, command.contract.name);
    const title = command.failures[code] ?? 'Refused';
    return { status, body: { type: refusalType(info.id, code), title, status, detail, code, commandId } };
  }

  async function answer(request: Request): Promise<Response> {
    const { pathname } = new URL(request.url);
    if (pathname === '/openapi.json' && request.method === 'GET') return Response.json(document);
    const found = commandAt(pathname);
    if (!found) throw new HttpProblemError(404, 'not-found', `${pathname} is no command of ${info.name}.`);
    if (request.method !== 'POST')
      throw new HttpProblemError(405, 'method-not-allowed', undefined, { headers: { allow: 'POST' } });
    return post(found.command, found.parameters, request);
  }

  function commandAt(pathname: string) {
    const plain = byPath.get(pathname);
    if (plain) return { command: plain, parameters: {} };
    for (const command of commands) {
      const parameters = parametersIn(command.path, pathname);
      if (parameters) return { command, parameters };
    }
    return undefined;
  }

  return {
    paths: ['/openapi.json', ...byPath.keys()],
    openApi: document,
    worker: kept.worker,
    async fetch(request) {
      try {
        return await answer(request);
      } catch (error) {
        if (error instanceof HttpProblemError) return problemResponse(error.problem, error.headers);
        tell(observe, { kind: 'fault', where: `${info.name} over HTTP`, error });
        const { problem } =
          error instanceof UnknownOutcomeError
            ? new HttpProblemError(503, 'unavailable', 'Whether the command took effect is not known.')
            : new HttpProblemError(500, 'internal-error', 'Nothing has changed. It can be sent again.');
        return problemResponse(problem);
      }
    },
  };
}

/** No request is called off once its transaction is under way: its caller may have gone, and be about to ask again. */
const NEVER = new AbortController().signal;

/** What a caller is told of a message that the command led to. */
function led(message: WireMessage): object {
  const { id, name, version, key } = message;
  const payload = codecOf(message)?.decode(message.body);
  const subject = readText({ in: 'payload', path: ['subject'] }, { payload, headers: {} }) ?? key;
  return { id, name, version, ...(subject !== undefined && { subject }) };
}

interface Asked {
  readonly id: string;
  readonly payload: unknown;
  readonly headers: Texts;
  readonly parameters: Texts;
}

/** Carries a refusal out of an attempt, whose writes are undone by that. */
class UndoneError extends Error {
  readonly refusal: { readonly code: string; readonly message: string };

  constructor(refusal: { readonly code: string; readonly message: string }) {
    super(refusal.message);
    this.refusal = refusal;
  }
}

function isWithin(pointer: string, at: readonly string[]): boolean {
  const prefix = at.map((it) => `/${it}`).join('');
  return pointer === prefix || pointer.startsWith(`${prefix}/`);
}

function keyOf(request: Request, isRequired: boolean): string | undefined {
  const key = request.headers.get('idempotency-key') ?? undefined;
  if (key === undefined && isRequired)
    throw new HttpProblemError(
      400,
      'idempotency-key-missing',
      'Send the header Idempotency-Key, a new UUID say.',
    );
  if (key !== undefined && !KEY.test(key))
    throw new HttpProblemError(
      400,
      'idempotency-key-invalid',
      'It should be 1 to 255 visible ASCII characters.',
    );
  return key;
}
