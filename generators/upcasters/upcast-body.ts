import {
  type FieldChange,
  fieldSchemas,
  type Message,
  type Reshaping,
  reshapingOf,
  type Upcast,
  type Workspace,
} from '@chirograph/contract/model';
import { camelCase } from '../source/casing.ts';
import { certainSchemas } from '../source/certain-schemas.ts';
import { RESERVED_VALUES } from '../source/reserved.ts';
import { isPlainName, literal, propertyAccess, propertyKey } from '../source/value.ts';

/**
 * The statements that make a new payload of `old`: objects that lose something are taken apart first, then the new
 * payload is one literal.
 */
export function upcastBody(workspace: Workspace, old: Message, newest: Message, upcast: Upcast): string[] {
  const { payload } = old;
  if (payload === undefined) return ['return old;'];
  const writer = new Writer({
    has: (path) => fieldSchemas(workspace, payload, path).length > 0,
    requires(path) {
      const around = certainSchemas(workspace, payload, path.slice(0, -1));
      const last = path.at(-1) ?? '';
      return around.some(
        (it) => typeof it === 'object' && Array.isArray(it.required) && it.required.includes(last),
      );
    },
  });
  return writer.statements(reshapingOf(newest, upcast, (path) => writer.old.has(path)));
}

/** What is known of the old payload. */
interface Old {
  has(path: readonly string[]): boolean;
  requires(path: readonly string[]): boolean;
}

type Path = readonly string[];

class Writer {
  readonly old: Old;
  /** The names of variables, by the places in the old payload that they hold; of objects, what is left of them. */
  readonly #values = new Map<string, string>();
  readonly #rests = new Map<string, string>();
  readonly #taken = new Set(RESERVED_VALUES);

  constructor(old: Old) {
    this.old = old;
  }

  statements(root: Reshaping): string[] {
    const usual = new Map<string, string>();
    collectDefaults(root, usual);
    const parts = this.#takenApart(root, usual);
    return [...parts, `return ${this.#object(root, '')};`];
  }

  /** `const { customer, ...rest } = old;` for each object of which something is taken by name. */
  #takenApart({ of, without, fields }: Reshaping, usual: ReadonlyMap<string, string>): string[] {
    const statements: string[] = [];
    if (of) {
      const filled = [...fields].flatMap(([name, { from, otherwise }]) =>
        from === undefined && otherwise && this.#fills([...of, name], without) ? [name] : [],
      );
      const names = [...new Set([...without, ...filled])];
      if (names.length > 0) statements.push(this.#destructuring(of, names, usual));
    }
    const inner = [...fields.values()].flatMap((it) => (it.inside ? this.#takenApart(it.inside, usual) : []));
    return [...statements, ...inner];
  }

  /** Whether a default is for an old field that may be missing. */
  #fills(path: Path, without: ReadonlySet<string>): boolean {
    return !without.has(path.at(-1) ?? '') && this.old.has(path) && !this.old.requires(path);
  }

  #destructuring(of: Path, names: readonly string[], usual: ReadonlyMap<string, string>): string {
    const items = names.map((name) => {
      const variable = this.#variable(name);
      this.#values.set(keyOf([...of, name]), variable);
      const otherwise = usual.get(keyOf([...of, name]));
      const bound = variable === name ? name : `${propertyKey(name)}: ${variable}`;
      return otherwise === undefined ? bound : `${bound} = ${otherwise}`;
    });
    const last = of.at(-1);
    const rest = last === undefined ? 'rest' : this.#variable(last);
    this.#rests.set(keyOf(of), rest);
    items.push(`...${rest}`);
    // Behind a rest element no comma may stand.
    return `const ${inBraces(items, '').replace(/,\n\}$/, '\n}')} = ${access(of)};`;
  }

  #variable(name: string): string {
    const wanted = isPlainName(name) ? name : camelCase(name);
    let variable = wanted;
    for (let n = 1; this.#taken.has(variable); n += 1) variable = `${wanted}${n === 1 ? 'Value' : n}`;
    this.#taken.add(variable);
    return variable;
  }

  #object({ of, without, fields }: Reshaping, indent: string): string {
    const inner = `${indent}  `;
    const kept = of ? [`...${this.#rests.get(keyOf(of)) ?? access(of)}`] : [];
    const rows = [...fields].flatMap(([name, change]) => {
      const former = of && !without.has(name) ? [...of, name] : undefined;
      return this.#field(name, change, former, inner);
    });
    return inBraces([...kept, ...rows], indent);
  }

  #field(name: string, change: FieldChange, former: Path | undefined, indent: string): string[] {
    const { from, otherwise, always, inside } = change;
    const key = propertyKey(name);
    if (always) return [`${key}: ${literal(always.value, indent)}`];
    if (inside) return [`${key}: ${this.#object(inside, indent)}`];
    const source = from ?? (former && this.old.has(former) ? former : undefined);
    if (!source) return otherwise ? [`${key}: ${literal(otherwise.value, indent)}`] : [];
    const isSure = this.old.requires(source);
    // What is there in any case has been kept.
    if (!from && isSure) return [];
    const variable = this.#values.get(keyOf(source));
    const value = variable ?? access(source);
    if (isSure || (otherwise && variable)) return [value === name ? key : `${key}: ${value}`];
    if (otherwise) return [`${key}: ${value} === undefined ? ${literal(otherwise.value, indent)} : ${value}`];
    return [`...(${value} !== undefined && { ${value === name ? key : `${key}: ${value}`} })`];
  }
}

/** The defaults of what is moved or kept, by where it stands in the old payload. */
function collectDefaults({ of, without, fields }: Reshaping, found: Map<string, string>): void {
  for (const [name, { from, otherwise, inside }] of fields) {
    const source = from ?? (of && !without.has(name) ? [...of, name] : undefined);
    if (source && otherwise) found.set(keyOf(source), literal(otherwise.value));
    if (inside) collectDefaults(inside, found);
  }
}

function inBraces(items: readonly string[], indent: string): string {
  if (items.length === 0) return '{}';
  const flat = `{ ${items.join(', ')} }`;
  if (indent.length + flat.length <= 90 && !flat.includes('\n')) return flat;
  return `{\n${items.map((it) => `${indent}  ${it},\n`).join('')}${indent}}`;
}

function access(path: Path): string {
  return path.reduce((owner, key) => propertyAccess(owner, key), 'old');
}

function keyOf(path: Path): string {
  return JSON.stringify(path);
}
