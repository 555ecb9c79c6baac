/** A script that hands data to the site's own script. */
export function scriptOf(name: 'catalogSearch' | 'catalogGraph', data: unknown): string {
  // U+2028 and U+2029 are line ends to old parsers of scripts.
  const json = JSON.stringify(data).replace(/[\u2028\u2029]/g, (it) => `\\u${it.charCodeAt(0).toString(16)}`);
  return `globalThis.${name}=${json}\n`;
}
