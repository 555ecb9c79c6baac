/** True for a path that is a pattern: `specs/**`, `*.yaml`, `{a,b}.json`. */
export function isGlob(path: string): boolean {
  return /[*?[{]/.test(path);
}

/** The folder that a pattern's matches stand in, as far as it can be told: `specs` for `specs/*.yaml`. */
export function globBase(pattern: string): string {
  const parts = pattern.split('/');
  return parts.slice(0, parts.findIndex(isGlob)).join('/') || '.';
}

/**
 * A pattern over paths with forward slashes: `*` and `?` stay within a folder, `**` crosses folders, `{a,b}` is one of
 * several texts, `[abc]` one of several characters.
 */
export function globToRegExp(pattern: string): RegExp {
  const source = pattern.replace(/\*\*\/|\*\*|\*|\?|\{[^{}]*\}|\[[^\]]*\]|[.+^$()|\\{}[\]]/g, (token) => {
    if (token === '**/') return '(?:.*/)?';
    if (token === '**') return '.*';
    if (token === '*') return '[^/]*';
    if (token === '?') return '[^/]';
    if (/^\{.*\}$/.test(token)) {
      const options = token.slice(1, -1).split(',');
      return `(?:${options.map((it) => globToRegExp(it).source.slice(1, -1)).join('|')})`;
    }
    return /^\[.+\]$/.test(token) ? token.replace(/^\[!/, '[^') : `\\${token}`;
  });
  return new RegExp(`^${source}$`);
}
