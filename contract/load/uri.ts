/** A part of a URI without its percent signs, where they mean something. */
export function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** True for the name of a document that came from the network. */
export function isRemote(file: string): boolean {
  return /^https?:\/\//i.test(file);
}
