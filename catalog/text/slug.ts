/** A name as a part of a URL and of a file name: letters and digits of any script, `.`, `_` and `-`. Never empty. */
export function slug(name: string): string {
  const kept = name
    .normalize('NFC')
    .replace(/[^\p{L}\p{N}._-]+/gu, '-')
    .replace(/^[.-]+|[.-]+$/g, '');
  return kept || 'unnamed';
}
