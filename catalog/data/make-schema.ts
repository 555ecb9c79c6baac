import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * Makes `catalog.schema.json` from the types in `catalog.ts`, so that the two say the same. Run it after a change of
 * those: `node catalog/data/make-schema.ts`. It reads as much of TypeScript as that file uses, and throws at the rest.
 */

type Json = Readonly<Record<string, unknown>>;

const HOME = new URL('.', import.meta.url);

/** The kinds of files, by the folder that they stand in. */
const FILES = {
  'catalog.json': 'CatalogIndex',
  'domains/': 'DomainRecord',
  'services/': 'ServiceRecord',
  'messages/': 'MessageRecord',
  'channels/': 'ChannelRecord',
  'flows/': 'FlowRecord',
  'owners/': 'OwnerRecord',
  'releases/': 'ComparisonRecord',
} as const;

/** What other files of ours define. */
const FOREIGN: Readonly<Record<string, Json | boolean>> = {
  JsonValue: true,
  SchemaObject: { type: 'object' },
  MessageKind: { enum: ['event', 'command', 'integration-event'] },
};

/** The schema of `catalog.json`; those of the other files are its `$defs`. */
export function catalogSchema(source: string): Json {
  const format = /FORMAT = '([^']+)'/.exec(source)?.[1];
  const types = new Types(source, { ...FOREIGN, 'typeof FORMAT': { const: format } });
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Chirograph catalog',
    description: `catalog.json. The other files are described under $defs: ${Object.entries(FILES)
      .slice(1)
      .map(([folder, name]) => `${folder}*.json by ${name}`)
      .join(', ')}. Readers ignore what they do not know.`,
    $ref: '#/$defs/CatalogIndex',
    $defs: types.definitions(),
  };
}

class Types {
  readonly #foreign: Readonly<Record<string, unknown>>;
  readonly #tokens: string[];
  #at = 0;

  constructor(source: string, foreign: Readonly<Record<string, unknown>>) {
    this.#foreign = foreign;
    this.#tokens =
      source.match(/\/\*\*[\s\S]*?\*\/|'[^']*'|typeof \w+|[A-Za-z_$][\w$]*|[{}()[\]<>;:?|&,=]/g) ?? [];
  }

  definitions(): Json {
    const definitions: Record<string, unknown> = {};
    let comment: string | undefined;
    while (this.#at < this.#tokens.length) {
      const token = this.#take();
      if (token.startsWith('/**')) comment = textOf(token);
      else if (token === 'interface') {
        const name = this.#take();
        const bases = this.#bases();
        definitions[name] = described(extended(bases, this.#object()), comment);
        comment = undefined;
      } else if (token === 'type' && this.#tokens[this.#at + 1] === '=') {
        const name = this.#take();
        this.#expect('=');
        definitions[name] = described(this.#type() as Json, comment);
        comment = undefined;
      } else if (token === ';') comment = undefined;
    }
    return definitions;
  }

  #bases(): string[] {
    if (this.#peek() !== 'extends') return [];
    this.#take();
    return [this.#take()];
  }

  #object(): Json {
    this.#expect('{');
    const properties: Record<string, unknown> = {};
    const required: string[] = [];
    let comment: string | undefined;
    while (this.#peek() !== '}') {
      const token = this.#take();
      if (token.startsWith('/**')) comment = textOf(token);
      else if (token !== 'readonly' && token !== ';') {
        const optional = this.#peek() === '?';
        if (optional) this.#take();
        this.#expect(':');
        properties[token] = described(this.#type(), comment);
        if (!optional) required.push(token);
        comment = undefined;
      }
    }
    this.#expect('}');
    return { type: 'object', properties, required };
  }

  #type(): unknown {
    const first = this.#intersection();
    const all = [first];
    while (this.#peek() === '|') {
      this.#take();
      all.push(this.#intersection());
    }
    if (all.length === 1) return first;
    const constants = all.map((it) => (it as { const?: unknown }).const);
    return constants.every((it) => it !== undefined) ? { enum: constants } : { anyOf: all };
  }

  #intersection(): unknown {
    const first = this.#list();
    if (this.#peek() !== '&') return first;
    this.#take();
    return { allOf: [first, this.#list()] };
  }

  #list(): unknown {
    if (this.#peek() === 'readonly') this.#take();
    let type = this.#single();
    while (this.#peek() === '[' && this.#tokens[this.#at + 1] === ']') {
      this.#at += 2;
      type = { type: 'array', items: type };
    }
    return type;
  }

  #single(): unknown {
    const token = this.#peek() ?? '';
    if (token === '{') return this.#object();
    this.#take();
    if (token === '(') {
      const type = this.#type();
      this.#expect(')');
      return type;
    }
    if (token.startsWith("'")) return { const: token.slice(1, -1) };
    if (token === 'Readonly') return this.#record();
    if (token === 'true') return { const: true };
    if (token in this.#foreign) return this.#foreign[token];
    if (['string', 'number', 'boolean', 'null'].includes(token)) return { type: token };
    if (/^[A-Z]\w*$/.test(token)) return { $ref: `#/$defs/${token}` };
    throw new Error(`catalog.ts has a type that this cannot read: ${token}`);
  }

  /** `Readonly<Record<K, V>>` */
  #record(): unknown {
    for (const token of ['<', 'Record', '<']) this.#expect(token);
    const key = this.#type();
    this.#expect(',');
    const value = this.#type();
    for (const token of ['>', '>']) this.#expect(token);
    return { type: 'object', propertyNames: key, additionalProperties: value };
  }

  #peek(): string | undefined {
    return this.#tokens[this.#at];
  }

  #take(): string {
    const token = this.#tokens[this.#at];
    if (token === undefined) throw new Error('catalog.ts ends in the middle of a type');
    this.#at += 1;
    return token;
  }

  #expect(token: string): void {
    const found = this.#take();
    if (found !== token) throw new Error(`catalog.ts has ${found} where ${token} is expected`);
  }
}

function extended(bases: readonly string[], own: Json): Json {
  return bases.length === 0 ? own : { allOf: [...bases.map((it) => ({ $ref: `#/$defs/${it}` })), own] };
}

function described(schema: unknown, comment: string | undefined): unknown {
  if (comment === undefined) return schema;
  if (schema === true) return { description: comment };
  return { description: comment, ...(schema as Json) };
}

function textOf(comment: string): string {
  return comment
    .replace(/^\/\*\*|\*\/$/g, '')
    .replace(/\s*\n\s*\*\s?/g, ' ')
    .trim();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const source = readFileSync(new URL('catalog.ts', HOME), 'utf8');
  writeFileSync(new URL('catalog.schema.json', HOME), `${JSON.stringify(catalogSchema(source), null, 2)}\n`);
}
