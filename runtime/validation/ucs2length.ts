/** The length of a string in code points, which is what `minLength` and `maxLength` count (JSON Schema validation, 6.3.1). */
export function ucs2length(text: string): number {
  let length = 0;
  for (let at = 0; at < text.length; length++) at += (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
  return length;
}
