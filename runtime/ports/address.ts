/**
 * Addresses of channels. One with names in braces is a form: `orders.{region}.placed` stands for every address that has
 * one word where the braces are. Words lie between dots or slashes; braces may be part of a word (`v{major}`).
 */

/** The values in an address that is of the form; `undefined` for any other address. */
export function readAddress(form: string, address: string): Readonly<Record<string, string>> | undefined {
  const { names, pattern } = formOf(form);
  const found = pattern.exec(address)?.slice(1);
  if (!found) return undefined;
  const values = new Map<string, string>();
  for (const [index, name] of names.entries()) {
    const value = found[index] ?? '';
    if (values.has(name) && values.get(name) !== value) return undefined;
    values.set(name, value);
  }
  return Object.fromEntries(values);
}

/** The address of the form with these values in it. Every name of the form must have one. */
export function writeAddress(form: string, values: Readonly<Record<string, string>>): string {
  return form.replace(BRACES, (_, name: string) => values[name] ?? '');
}

/** The names in the form's braces, in their order. */
export function namesIn(form: string): readonly string[] {
  return formOf(form).names;
}

// `RegExp.escape` is not in Node 22.
const SPECIAL = /[\\^$.*+?()[\]{}|]/g;
const BRACES = /\{([^{}]+)\}/g;

interface Form {
  readonly names: readonly string[];
  readonly pattern: RegExp;
}

/** Forms come from contracts, so there are few. */
const forms = new Map<string, Form>();

function formOf(form: string): Form {
  let known = forms.get(form);
  if (!known) {
    // What stands between braces, and by turns what stands in them.
    const parts = form.split(BRACES);
    const names = parts.filter((_, index) => index % 2 === 1);
    const pattern = parts
      .map((part, index) => (index % 2 === 1 ? '([^./]+)' : part.replace(SPECIAL, '\\$&')))
      .join('');
    known = { names, pattern: new RegExp(`^${pattern}$`, 'u') };
    forms.set(form, known);
  }
  return known;
}
