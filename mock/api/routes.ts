import type { Workspace } from '@chirograph/contract/model';
import { isObject, type JsonObject } from '@chirograph/schema';
import { fullName } from '../contracts/contracts.ts';
import { documentOf } from '../journal/happening.ts';
import { chooseSent } from '../service/choose.ts';
import type { Wishes } from '../service/compose-message.ts';
import type { Mocks } from '../service/mocks.ts';

/** What is asked over HTTP, read; bodies are parsed JSON, undefined where there is none. */
export interface ApiRequest {
  readonly method: string;
  readonly path: string;
  /** What stands behind the question mark. */
  readonly query: Readonly<Record<string, string>>;
  readonly body: unknown;
}

export interface ApiResponse {
  readonly status: number;
  readonly body: unknown;
}

interface Route {
  readonly method: string;
  /** The path; what stands behind a prefix that ends with a slash is given to `answer`. */
  readonly path: string;
  readonly summary: string;
  answer(
    mocks: Mocks,
    workspace: Workspace,
    rest: string,
    request: ApiRequest,
  ): ApiResponse | Promise<ApiResponse>;
}

const ROUTES: readonly Route[] = [
  {
    method: 'GET',
    path: '/',
    summary: 'which services run, what they hear and send, and what can be asked here',
    answer: (mocks) => ok(overview(mocks)),
  },
  {
    method: 'GET',
    path: '/received',
    summary: 'what came in, oldest first, each with its verdict',
    answer: ({ journal }) => ok(journal.received.map(documentOf)),
  },
  {
    method: 'DELETE',
    path: '/received',
    summary: 'forget what came in',
    answer({ journal }) {
      const forgotten = journal.received.length;
      journal.clearReceived();
      return ok({ forgotten });
    },
  },
  {
    method: 'GET',
    path: '/sent',
    summary: 'what was sent, oldest first, each with its faults',
    answer: ({ journal }) => ok(journal.sent.map(documentOf)),
  },
  {
    method: 'GET',
    path: '/violations',
    summary: 'what came in and breaks its contract, or has none here',
    answer: ({ journal }) => ok(journal.received.filter((it) => it.verdict !== 'valid').map(documentOf)),
  },
  {
    method: 'POST',
    path: '/publish/',
    summary:
      'send this message now; a JSON body stands in the payload as it is given, ?region=eu in the address, ?headers.replyTo=inbox in the headers',
    answer: publish,
  },
];

/** The answer to one request. Errors are JSON with `error`, a sentence. */
export async function respond(mocks: Mocks, workspace: Workspace, request: ApiRequest): Promise<ApiResponse> {
  const { method, path } = request;
  const here = ROUTES.filter((it) =>
    it.path.length > 1 && it.path.endsWith('/') ? path.startsWith(it.path) : it.path === path,
  );
  const route = here.find((it) => it.method === method);
  if (route)
    return route.answer(mocks, workspace, decodeURIComponent(path.slice(route.path.length)), request);
  if (here.length > 0) {
    const methods = here.map((it) => it.method).join(', ');
    return failed(405, `${path} takes ${methods}, not ${method}`);
  }
  return failed(404, `there is nothing at ${path}; GET / says what there is`);
}

export function failed(status: number, error: string, more: JsonObject = {}): ApiResponse {
  return { status, body: { error, ...more } };
}

function ok(body: unknown): ApiResponse {
  return { status: 200, body };
}

function overview({ services, journal }: Mocks): object {
  return {
    services: services.map(({ role, intervals, names }) => ({
      name: fullName(role.service),
      title: role.service.title,
      receives: names(role.receives),
      overhears: names(role.overhears),
      sends: names(role.sends),
      sendsByItself: [...intervals].map(([id, milliseconds]) => ({
        name: names([id])[0],
        everyMilliseconds: milliseconds,
      })),
    })),
    counts: journal.counts,
    requests: ROUTES.map(({ method, path, summary }) => ({
      method,
      path: path.endsWith('/') && path.length > 1 ? `${path}{message}` : path,
      summary,
    })),
  };
}

/** No parameter of an address has a dot in its name, so that `headers.replyTo` is a header. */
function placesOf(query: ApiRequest['query']): Required<Pick<Wishes, 'headers' | 'parameters'>> {
  const entries = Object.entries(query);
  const headers = entries.filter(([name]) => name.startsWith(HEADERS));
  return {
    headers: Object.fromEntries(headers.map(([name, value]) => [name.slice(HEADERS.length), value])),
    parameters: Object.fromEntries(entries.filter(([name]) => !name.startsWith(HEADERS))),
  };
}

const HEADERS = 'headers.';

async function publish(
  mocks: Mocks,
  workspace: Workspace,
  name: string,
  { body, query }: ApiRequest,
): Promise<ApiResponse> {
  if (body !== undefined && !isObject(body))
    return failed(400, 'the body is to be a JSON object: parts of the payload');
  const sends = new Set(mocks.services.flatMap((it) => it.role.sends));
  const found = chooseSent(workspace.messages, sends, name);
  if ('problem' in found) return failed(404, found.problem);
  const published = await mocks.publish(found.value.id, { payload: body, ...placesOf(query) });
  if (published.kind === 'published') return { status: 201, body: documentOf(published.sent) };
  const { violations } = published;
  return failed(422, `this would make ${found.value.name} break its contract; nothing was sent`, {
    violations: violations.map((it) => ({ ...it })),
  });
}
