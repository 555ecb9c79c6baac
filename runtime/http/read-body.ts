import { HttpProblemError } from './problem.ts';

/** The JSON of a request; no more than so many bytes of it are read. */
export async function readBody(request: Request, maxBytes: number): Promise<unknown> {
  const type = request.headers.get('content-type') ?? '';
  if (!/^application\/(?:[\w.+-]+\+)?json\s*(?:;|$)/i.test(type))
    throw new HttpProblemError(415, 'unsupported-media-type', 'Send it as application/json.');
  const text = await readText(request, maxBytes);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new HttpProblemError(400, 'not-json', error instanceof Error ? error.message : undefined);
  }
}

async function readText(request: Request, maxBytes: number): Promise<string> {
  const tooLarge = () => new HttpProblemError(413, 'too-large', `It may have ${maxBytes} bytes.`);
  if (Number(request.headers.get('content-length') ?? 0) > maxBytes) throw tooLarge();
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let text = '';
  let bytes = 0;
  try {
    for await (const chunk of request.body ?? []) {
      bytes += chunk.byteLength;
      if (bytes > maxBytes) throw tooLarge();
      text += decoder.decode(chunk, { stream: true });
    }
    return text + decoder.decode();
  } catch (error) {
    if (error instanceof HttpProblemError) throw error;
    throw new HttpProblemError(400, 'not-json', 'It is not UTF-8, or was broken off.');
  }
}
