/** A part of a URI without its percent signs, where they mean something. */
export function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
