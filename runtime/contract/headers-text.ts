/** Headers of any JSON values as the text that brokers carry: text as it is, all else as JSON, nothing for `undefined`. */
export function headersToText(headers: object): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, toText(value)]])),
  );
}

/** What stands in headers; those named in `json` are read as JSON, and stay text where they are none. */
export function headersFromText(
  headers: Readonly<Record<string, string>>,
  json: readonly string[] = [],
): Record<string, unknown> {
  const read: Record<string, unknown> = { ...headers };
  for (const name of json) {
    const text = headers[name];
    if (text !== undefined) read[name] = fromText(text);
  }
  return read;
}

export function toText(value: unknown): string {
  if (value instanceof Date) return value.toISOString();
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function fromText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
