import type { Html } from './html.ts';

/**
 * A page as markdown, from the markup that this package writes: what people read and what machines read is told once.
 * What folds is open, links lead to the markdown of other pages, pictures that repeat what is told are left out.
 */
export function markdownOf(markup: Html): string {
  return new Writer(markup.text).written();
}

const TOKEN = /<(\/?)([a-z][a-z0-9]*)([^>]*)>|([^<]+)/gi;

/** Markup that is a picture of what is told beside it. */
const SKIPPED = /^(svg|script|noscript|form|caption)$/;

const ENTITIES: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
};

class Writer {
  readonly #markup: string;
  readonly #blocks: string[] = [];
  readonly #lists: { ordered: boolean; item: number }[] = [];
  #line = '';
  #cells: string[] = [];
  #hrefs: string[] = [];
  /** What is left out, until its end. */
  #skipped: { readonly name: string; depth: number } | undefined;
  #isCode = false;

  constructor(markup: string) {
    this.#markup = markup;
  }

  written(): string {
    for (const [, closes, name = '', attributes = '', text] of this.#markup.matchAll(TOKEN)) {
      if (text !== undefined) this.#text(text);
      else this.#tag(name.toLowerCase(), closes === '/', attributes);
    }
    this.#end();
    return `${this.#blocks
      .join('\n')
      .replace(/\n{3,}/g, '\n\n')
      .trim()}\n`;
  }

  #text(text: string): void {
    if (this.#skipped) return;
    const plain = text.replace(/&(?:amp|lt|gt|quot|#39);/g, (it) => ENTITIES[it] ?? it);
    this.#line += this.#isCode ? plain : plain.replace(/\s+/g, ' ');
  }

  #tag(name: string, closes: boolean, attributes: string): void {
    if (this.#skipped) {
      if (name === this.#skipped.name) this.#skipped.depth += closes ? -1 : 1;
      if (this.#skipped.depth === 0) this.#skipped = undefined;
      return;
    }
    if (!closes && this.#isSkipped(name, attributes)) {
      this.#skipped = { name, depth: 1 };
      return;
    }
    if (/^h[1-6]$/.test(name)) this.#heading(Number(name[1]), closes);
    else if (name === 'pre') this.#pre(closes, attributes);
    else if (name === 'ul' || name === 'ol') this.#list(name, closes);
    else if (name === 'tr' && closes) this.#row();
    else if (name === 'td' || name === 'th') this.#cell(closes);
    else if (name === 'thead' && closes) this.#blocks.push(`|${' --- |'.repeat(this.#columns)}`);
    else if (name === 'table') this.#end(closes ? '\n' : '');
    else if (name === 'li') closes ? this.#end() : this.#item();
    else if (name === 'dt') this.#term(closes);
    else if (name === 'a') this.#link(closes, attributes);
    else if (name === 'code' && !this.#isCode) this.#line += '`';
    else if (name === 'b' || name === 'strong') this.#line += '**';
    else if (name === 'p' || name === 'section') this.#paragraph(closes);
    else if (name === 'div' || name === 'dl') this.#end();
    else if (name === 'br') this.#line += ' ';
    else if (name === 'span' && !closes && /class="(told|after|asks)"/.test(attributes)) this.#line += ' ';
    else if (name === 'small' && !closes) this.#line += ' ';
  }

  #isSkipped(name: string, attributes: string): boolean {
    // A step's number stands in its list.
    const isNumber = name === 'i' && this.#lists.at(-1)?.ordered === true;
    return isNumber || SKIPPED.test(name) || /class="(brief|heads)"/.test(attributes);
  }

  #columns = 0;

  #term(closes: boolean): void {
    if (!closes) this.#end();
    this.#line += closes ? '**: ' : '- **';
  }

  #heading(level: number, closes: boolean): void {
    if (!closes) {
      this.#end();
      this.#line = `\n${'#'.repeat(level)} `;
    } else this.#end('\n');
  }

  #pre(closes: boolean, attributes: string): void {
    this.#end();
    const language = /data-lang="([^"]*)"/.exec(attributes)?.[1] ?? '';
    if (closes) {
      this.#isCode = false;
      this.#blocks.push('```\n');
    } else {
      this.#isCode = true;
      this.#blocks.push(`\n\`\`\`${language}`);
    }
  }

  #list(name: string, closes: boolean): void {
    this.#end();
    if (closes) this.#lists.pop();
    else this.#lists.push({ ordered: name === 'ol', item: 0 });
    if (this.#lists.length === 0) this.#blocks.push('');
  }

  #item(): void {
    this.#end();
    const list = this.#lists.at(-1);
    if (list) list.item += 1;
    const mark = list?.ordered ? `${list.item}. ` : '- ';
    this.#line = `${'  '.repeat(Math.max(0, this.#lists.length - 1))}${mark}`;
  }

  #cell(closes: boolean): void {
    if (closes) this.#cells.push(this.#line.trim().replaceAll('|', '\\|'));
    this.#line = '';
  }

  #row(): void {
    this.#columns = this.#cells.length;
    this.#blocks.push(`| ${this.#cells.join(' | ')} |`);
    this.#cells = [];
    this.#line = '';
  }

  #link(closes: boolean, attributes: string): void {
    if (!closes) {
      const href = /href="([^"]*)"/.exec(attributes)?.[1] ?? '';
      this.#hrefs.push(href.startsWith('#') ? '' : href.replace(/\.html(?=#|$)/, '.md'));
      if (this.#hrefs.at(-1) !== '') this.#line += '[';
      return;
    }
    const href = this.#hrefs.pop();
    if (href) this.#line += `](${href})`;
  }

  #paragraph(closes: boolean): void {
    // Within a list or a cell a paragraph is a line.
    const isInner = this.#lists.length > 0 || this.#cells.length > 0;
    this.#end(closes && !isInner ? '\n' : '');
  }

  /** Ends the line, if there is anything on it. */
  #end(after = ''): void {
    const line = this.#isCode ? this.#line : this.#line.replace(/\s+$/, '');
    this.#line = '';
    if (line.trim() === '') return;
    // The mark of an item waits for its words.
    if (/^\s*(-|\d+\.)$/.test(line)) {
      this.#line = `${line} `;
      return;
    }
    const inner = this.#lists.length > 0 && !/^\s*(-|\d+\.) /.test(line) && !line.startsWith('\n');
    this.#blocks.push(
      `${inner && !this.#isCode ? '  '.repeat(this.#lists.length) : ''}${this.#isCode ? line : inner ? line.trimStart() : line}${after}`,
    );
  }
}
