/**
 * MDX, as EventCatalog reads it: CommonMark with tables, JSX in `<...>` and `{...}`, directives after `:`, links to
 * other resources in `[[...]]`. What comes from a contract is CommonMark, so the rest must mean nothing in it.
 */

const CODE = String.raw`(?<!${'`'})(${'`'}{1,2})(?!${'`'})(?:(?!\n\s*\n)[^])*?(?<!${'`'})\1(?!${'`'})`;
const FENCE = String.raw`^ {0,3}(${'`'}{3,}|~{3,})[^]*?(?:\n {0,3}\2(?=\s*(?:\n|$))|$(?![^]))`;
const ESCAPED = String.raw`\\[!-/:-@[-${'`'}{-~]`;
const SPECIAL = String.raw`[{}<]|\[\[|:(?=[A-Za-z:])|^(?:import|export)\b`;
const TOKEN = new RegExp(`${CODE}|${FENCE}|${ESCAPED}|${SPECIAL}`, 'gm');

/** CommonMark from a contract, as MDX: what only MDX gives a meaning to is escaped, code is left alone. */
export function prose(text: string): string {
  return text.trim().replace(TOKEN, (token) => {
    if (/^\s*(`|~~~|\\)/.test(token)) return token;
    // A paragraph that begins with one of these words would be read as a module statement.
    if (/^[ie]/.test(token)) return `&#${token.charCodeAt(0)};${token.slice(1)}`;
    return token.replace(/./g, '\\$&');
  });
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

/** A fenced block of code. */
export function block(language: string, text: string, title?: string): string {
  const meta = title === undefined ? '' : ` title="${title.replace(/["\s]+/g, ' ')}"`;
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
