import { visible } from '../terminal/visible.ts';

/**
 * Text from a contract in Markdown (GitHub Flavored Markdown 0.29, "Backslash escapes"): it is shown as it is written, and
 * neither formats, links nor calls anybody. The zero-width space after `@` and `#` keeps code hosts from mentioning people and
 * issues.
 */
export function markdownText(text: string): string {
  return visible(text)
    .replace(/[\\`*_{}[\]()~|!$]/g, '\\$&')
    .replace(/^(\s*)([-+>=]|\d+[.)])/, '$1\\$2')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/[@#]/g, '$&\u200b');
}

/** Text from a contract within an HTML element of a Markdown document, where no backslash escapes. */
export function htmlText(text: string): string {
  return visible(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replace(/[@#]/g, '$&\u200b');
}

/** Text from a contract as code: in as many backticks as it takes ("Code spans"). */
export function codeSpan(text: string): string {
  const shown = visible(text);
  const longest = Math.max(0, ...[...shown.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const ticks = '`'.repeat(longest + 1);
  const space = /^`|`$|^ .* $/s.test(shown) ? ' ' : '';
  return shown === '' ? '' : `${ticks}${space}${shown}${space}${ticks}`;
}

/** The same in a cell of a table, where a bar ends the cell even in code. */
export function codeCell(text: string): string {
  return codeSpan(text).replaceAll('|', '\\|');
}
