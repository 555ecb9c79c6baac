/**
 * MDX, as EventCatalog reads it: CommonMark with tables, JSX in `<...>` and `{...}`, directives after `:`, links to
 * other resources in `[[...]]`. What comes from a contract is CommonMark, so the rest must mean nothing in it.
 */

/** What certainly is code, in which MDX gives nothing a meaning: a span on one line, a fenced block at the margin. */
const CODE = /(?<!`)(`+)(?!`)[^\n]*?(?<!`)\1(?!`)|^(`{3,}|~{3,})[^`\n]*\n(?:[\s\S]*?\n)??\2[ \t]*$/;
/** A bare address ends at a space; nothing in it is code or escaped. */
const ADDRESS = /(?<address>\b(?:https?:\/\/|www\.)\S*)/;
const ESCAPED = /\\(?![{}<])[!-/:-@[-`{-~]/;
/** What would open an expression, a tag, a link to a resource, a directive, a module or a fence that does not end. */
const SPECIAL = /(?<special>\\?[{}<]|\[\[|:(?=[A-Za-z:])|^(?:import|export)\b|^ *(?:`{3,}|~{3,}))/;
const TOKEN = new RegExp([CODE, ADDRESS, ESCAPED, SPECIAL].map((it) => it.source).join('|'), 'gim');

/**
 * CommonMark from a contract, as MDX: what only MDX gives a meaning to is written as character references, code is left
 * alone. Where it is in doubt whether something is code it is not left alone: a page that shows `&#123;` is better than
 * one that does not build.
 */
export function prose(text: string): string {
  // An escaped backtick would count as one of the backticks behind it.
  const plain = text.trim().replace(/\\([\\`])/g, (pair, sign) => (sign === '`' ? '&#96;' : pair));
  return plain.replace(TOKEN, (token, ...rest) => {
    const { special, address } = rest.at(-1) as { readonly special?: string; readonly address?: string };
    if (address !== undefined) return address.replace(/[{}<`]/g, encodeURIComponent);
    return special === undefined ? token : referred(special.replace('\\', ''));
  });
}

/** Signs as character references; of a word its first letter, which is enough to make it another word to MDX. */
function referred(token: string): string {
  return token.replace(/^[a-z]|[^a-z ]/gi, (it) => `&#${it.charCodeAt(0)};`);
}

/** The same on one line, for list items and table cells. */
export function phrase(text: string): string {
  return prose(text.replace(/\s+/g, ' '));
}

/** Text as code. */
export function code(text: string): string {
  const flat = text.replace(/\s+/g, ' ');
  const longest = Math.max(0, ...(flat.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  return longest === 0 ? `${fence}${flat}${fence}` : `${fence} ${flat} ${fence}`;
}

/** A fenced block of code. A backtick in what stands behind the fence would make it none (CommonMark, section 4.5). */
export function block(language: string, text: string, title?: string): string {
  const meta = title === undefined ? '' : ` title="${title.replace(/["`\s]+/g, ' ')}"`;
  return `\`\`\`${language}${meta}\n${text}\n\`\`\``;
}

/** A bulleted list of inline MDX. */
export function list(items: readonly string[]): string {
  return items.map((item) => `- ${item}`).join('\n');
}

/** A numbered list of inline MDX. */
export function steps(items: readonly string[]): string {
  return items.map((item, index) => `${index + 1}. ${item}`).join('\n');
}

/** A table of inline MDX; empty where there are no rows. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return '';
  const line = (cells: readonly string[]) =>
    `| ${cells.map((it) => it.replace(/(?<!\\)\|/g, '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** A heading and what stands under it; nothing where that is empty. */
export function section(title: string, ...body: readonly (string | undefined)[]): string {
  const filled = body.filter(Boolean);
  return filled.length === 0 ? '' : [`## ${title}`, ...filled].join('\n\n');
}
