const compiled = new Map<string, RegExp | undefined>();

/**
 * The regular expression of a `pattern`, undefined where it is none. JSON Schema wants ECMA-262 with Unicode; patterns
 * that are only valid without it are taken as their authors meant them.
 */
export function regExpOf(pattern: string): RegExp | undefined {
  if (!compiled.has(pattern)) compiled.set(pattern, compile(pattern, 'u') ?? compile(pattern, ''));
  return compiled.get(pattern);
}

function compile(pattern: string, flags: string): RegExp | undefined {
  try {
    return new RegExp(pattern, flags);
  } catch {
    return undefined;
  }
}

/** What the engine says of a pattern that does not compile: `Unterminated group`. */
export function whyNoPattern(pattern: string): string {
  try {
    new RegExp(pattern);
    return '';
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return message.slice(message.lastIndexOf(': ') + 2);
  }
}
