import { BOUND, MAX_BYTES } from '@chirograph/contract/load';
import { isOfThisMachine } from './allowed.ts';

/** What came of asking for a URL. */
export type Fetched =
  | { readonly kind: 'text'; readonly url: string; readonly text: string }
  | { readonly kind: 'failed'; readonly reason: string };

export interface FetchOptions {
  /** Whether a URL may be asked for; asked again for each redirect. */
  readonly isAllowed: (url: string) => boolean;
  /** Ends the attempt. Default: ten seconds. */
  readonly signal?: AbortSignal;
}

const MAX_REDIRECTS = 5;
const TIMEOUT = 10_000;

/** Fetches the text at an http(s) URL: the only place of the tool that touches the network. Never throws. */
export async function fetchText(url: string, options: FetchOptions): Promise<Fetched> {
  const signal = options.signal ?? AbortSignal.timeout(TIMEOUT);
  try {
    return await follow(url, { ...options, signal });
  } catch (error) {
    return failed(signal.aborted ? 'it does not answer' : reasonOf(error));
  }
}

async function follow(first: string, options: FetchOptions & { signal: AbortSignal }): Promise<Fetched> {
  let url = first;
  for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects += 1) {
    if (!options.isAllowed(url)) return failed(notAllowed(url));
    const response = await fetch(url, {
      redirect: 'manual',
      signal: options.signal,
      headers: { accept: 'application/yaml, application/json, */*;q=0.8', 'user-agent': 'chirograph' },
    });
    const location = response.headers.get('location');
    if (response.status < 300 || response.status > 399 || location === null) return read(response, url);
    await response.body?.cancel();
    const next = URL.parse(location, url);
    if (!next || !/^https?:$/.test(next.protocol)) return failed(`it redirects to ${location}`);
    if (url.startsWith('https:') && next.protocol === 'http:')
      return failed(`it redirects to ${next.href}, which is not encrypted`);
    url = next.href;
  }
  return failed(`it redirects more than ${MAX_REDIRECTS} times`);
}

async function read(response: Response, url: string): Promise<Fetched> {
  const { status, statusText, headers, body } = response;
  if (status !== 200 || !body) {
    await body?.cancel();
    return failed(`the server answers ${status} ${statusText}`.trim());
  }
  const type = headers.get('content-type') ?? '';
  if (/^text\/html\b/.test(type)) {
    await body.cancel();
    return failed(`it is a web page (${type.split(';')[0]}), not a document`);
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.byteLength;
    if (size > MAX_BYTES) return failed(`it is too large: ${BOUND} MB`);
    chunks.push(chunk);
  }
  return { kind: 'text', url: url.replace(/#.*$/, ''), text: Buffer.concat(chunks).toString('utf8') };
}

/** Why a URL is not asked for. */
export function notAllowed(url: string): string {
  const local = isOfThisMachine(url) ? ', which has to list addresses of this machine and its link' : '';
  return `${url} is not among \`remote\` of the config${local}`;
}

function failed(reason: string): Fetched {
  return { kind: 'failed', reason };
}

const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'connection refused',
  ENOTFOUND: 'there is no such host',
  EAI_AGAIN: 'the name of the host cannot be looked up: is there a network?',
  ECONNRESET: 'the server closed the connection',
  UND_ERR_SOCKET: 'the server closed the connection',
};

/** `fetch` says "fetch failed" and keeps the cause to itself. */
function reasonOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  if (!(cause instanceof Error)) return String(cause);
  return ('code' in cause && REASONS[String(cause.code)]) || cause.message;
}
