import { oncePer, type Workspace } from '@chirograph/contract/model';
import { parse } from '@chirograph/contract/source';
import { isObject, type JsonValue, joinPointer, splitPointer, valueAt } from '@chirograph/schema';
import { dump } from 'js-yaml';
import type { GeneratedFile } from '../generated-file.ts';

/** Where what a document refers to in other files stands in it. */
const SHARED = 'x-shared';

/**
 * A document as one file that stands alone: EventCatalog and Backstage read a document by itself. The author's
 * text where it refers to no other file; else what it refers to, and nothing else of those files, comes along under
 * `x-shared`. However services refer to one another, the files together grow as the contracts do.
 */
export function specificationFile(
  workspace: Workspace,
  document: string,
  folder: string,
): { readonly name: string; readonly file: GeneratedFile } | undefined {
  const text = workspace.sources[document]?.text;
  const value = valuesOf(workspace)(document);
  if (text === undefined || !isObject(value)) return undefined;
  const base = document.split('/').at(-1) ?? document;
  const bundling = new Bundling(valuesOf(workspace), document);
  const written = bundling.write(value, document);
  const shared = bundling.shared();
  if (shared === undefined) return { name: base, file: { path: `${folder}/${base}`, text } };
  const whole = { ...(written as object), [SHARED]: shared };
  const isJson = base.endsWith('.json');
  const told = isJson ? `${JSON.stringify(whole, null, 2)}\n` : dump(whole, { lineWidth: -1, noRefs: true });
  return { name: base, file: { path: `${folder}/${base}`, text: told } };
}

/** What the files of a workspace hold, each parsed once. */
const valuesOf = oncePer(({ sources }: Workspace) => {
  const values = new Map<string, JsonValue | undefined>();
  return (file: string): JsonValue | undefined => {
    const source = sources[file];
    if (!values.has(file) && source) {
      const parsed = parse(source);
      values.set(file, parsed.kind === 'value' ? parsed.value : undefined);
    }
    return values.get(file);
  };
});

/** The names that a document gives to what it takes in, in the order in which it meets it. */
class Bundling {
  readonly #values: (file: string) => JsonValue | undefined;
  readonly #document: string;
  readonly #names = new Map<
    string,
    { readonly name: string; readonly file: string; readonly pointer: string }
  >();

  constructor(values: (file: string) => JsonValue | undefined, document: string) {
    this.#values = values;
    this.#document = document;
  }

  write(value: JsonValue, file: string): JsonValue {
    if (Array.isArray(value)) return (value as readonly JsonValue[]).map((it) => this.write(it, file));
    if (!isObject(value)) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, child]) => [
        key,
        key === '$ref' && typeof child === 'string' ? this.#reference(child, file) : this.write(child, file),
      ]),
    );
  }

  /** What is taken in; taking it in may ask for more. Undefined where there is nothing. */
  shared(): JsonValue | undefined {
    const written: [string, JsonValue][] = [];
    for (const { name, file, pointer } of this.#names.values()) {
      written.push([name, this.write(valueAt(this.#values(file) ?? null, pointer) ?? {}, file)]);
    }
    return written.length === 0 ? undefined : Object.fromEntries(written);
  }

  #reference(reference: string, from: string): string {
    const [path = '', fragment = ''] = reference.split('#');
    const file = path === '' ? from : targetOf(from, path);
    const value = this.#values(file);
    // To a file that is not of the workspace, or to a URL.
    if (value === undefined) return reference;
    if (file === this.#document) return `#${fragment}`;
    const pointer = decoded(fragment);
    const key = `${file}#${pointer}`;
    const known = this.#names.get(key) ?? { name: this.#nameFor(file, pointer), file, pointer };
    this.#names.set(key, known);
    return `#/${SHARED}/${encodeURIComponent(joinPointer([known.name]).slice(1))}`;
  }

  #nameFor(file: string, pointer: string): string {
    const wanted = splitPointer(pointer).at(-1) ?? file.split('/').at(-1)?.replace(/\..*/, '') ?? 'file';
    const taken = new Set([...this.#names.values()].map((it) => it.name));
    let name = wanted;
    for (let next = 2; taken.has(name); next += 1) name = `${wanted}-${next}`;
    return name;
  }
}

function targetOf(from: string, path: string): string {
  const parts = from.split('/').slice(0, -1);
  for (const part of decoded(path).split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/');
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
